import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { useSession } from '../../session/use-session.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { NeuronHistory } from './neuron-history.tsx'
import { NeuronMeter } from './neuron-meter.tsx'
import { NeuronModels } from './neuron-models.tsx'

/** What is left of the free Workers AI allowance, and what used it. */
export function NeuronsPage(): ReactElement {
  const { org } = useSession()
  const neurons = useQuery({ ...apiQuery('GET /neurons', {}), refetchInterval: 10_000 })
  return (
    <>
      <PageHeader
        title="Neurons"
        description="What is left of today’s free Workers AI allowance, for the whole gateway."
      />
      <div className="flex flex-col gap-5">
        {neurons.error && <ErrorNote error={neurons.error} onRetry={() => void neurons.refetch()} />}
        {neurons.isPending && <Skeleton className="h-40 w-full rounded-lg" />}
        {neurons.data && <NeuronMeter neurons={neurons.data} />}
        <NeuronModels orgId={org.id} />
        <NeuronHistory orgId={org.id} />
      </div>
    </>
  )
}
