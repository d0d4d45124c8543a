import { Button } from '@cloudflare/kumo/components/button'
import { FlaskIcon } from '@phosphor-icons/react'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { TimeRangePicker } from '../../time-range/time-range-picker.tsx'
import { useTimeRange } from '../../time-range/use-time-range.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { PolicyForm } from './policy-form.tsx'
import { toDraft, toPolicy } from './policy-draft.ts'
import type { RouterSearch } from './router-search.ts'
import { useGateway, type TaggedGateway } from './use-gateway.ts'
import { WhatIfView } from './what-if-view.tsx'

interface WhatIfCardProps {
  gatewayId: string
  search: RouterSearch
  change(next: RouterSearch): void
}

/** What past requests would have cost and taken under another policy. */
export function WhatIfCard(props: WhatIfCardProps): ReactElement {
  const { data, error, refetch } = useGateway(props.gatewayId)
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="h-96 w-full" />
  return <WhatIfForm key={props.gatewayId} {...props} read={data} />
}

function WhatIfForm({ gatewayId, search, change, read }: WhatIfCardProps & { read: TaggedGateway }): ReactElement {
  const { org } = useSession()
  const range = useTimeRange(search)
  const [draft, setDraft] = useState(() => toDraft(read.gateway.settings.routing ?? {}))
  const compare = useWrite('POST /router/what-if')
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    compare.mutate({
      query: { org_id: org.id },
      body: { gateway_id: gatewayId, ...range, policy: toPolicy(draft) ?? {} },
    })
  }
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <Card title="Another policy" note="tried on past chats">
        <form onSubmit={onSubmit} className="flex flex-col gap-5">
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-kumo-subtle">Requests of</span>
            <TimeRangePicker search={search} range={range} onChange={change} />
          </div>
          <PolicyForm draft={draft} onChange={setDraft} />
          <Button type="submit" variant="primary" className="self-start" loading={compare.isPending}>
            Compare
          </Button>
        </form>
      </Card>
      {compare.error ? (
        <ErrorNote error={compare.error} />
      ) : compare.data ? (
        <WhatIfView result={compare.data} />
      ) : (
        <Card>
          <EmptyState icon={FlaskIcon} title="Nothing compared yet">
            Change the policy, then compare. The answered chats of the period, a thousand at most, are sent through it
            from their rows in the log; nobody is called.
          </EmptyState>
        </Card>
      )}
    </div>
  )
}
