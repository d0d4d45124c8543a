import { useQuery } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { apiQuery } from '../../api/api-query.ts'
import { useSession } from '../../session/use-session.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { RouteEditor } from './route-editor.tsx'
import type { RoutesSearch } from './routes-search.ts'
import { emptyTrial, type TrialDraft } from './trial.ts'
import type { Walk } from './walk.ts'

/** A version of a route. */
export type Version = Answer<'GET /gateways/:id/routes/:route/versions'>['data'][number]

export interface RoutePageProps {
  gatewayId: string
  name: string
  search: RoutesSearch
  change(next: RoutesSearch, isStep?: boolean): void
}

/** A test of the route; it outlives the version that it was begun with. */
export interface RouteTest {
  trial: TrialDraft
  setTrial(trial: TrialDraft): void
  walk: Walk | undefined
  setWalk(walk: Walk | undefined): void
}

/** One route: reads its versions, then lets one be edited. */
export function RoutePage(props: RoutePageProps): ReactElement {
  const { gatewayId, name, search } = props
  const { org } = useSession()
  const [trial, setTrial] = useState(emptyTrial)
  const [walk, setWalk] = useState<Walk>()
  const { data, error, refetch } = useQuery(
    apiQuery('GET /gateways/:id/routes/:route/versions', {
      params: { id: gatewayId, route: name },
      query: { org_id: org.id },
    }),
  )
  if (!data) {
    return (
      <>
        <PageHeader title={name} description="Route" />
        {error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton className="h-120 w-full" />}
      </>
    )
  }
  const versions = data.data
  const shown =
    versions.find(({ number }) => String(number) === search.version) ??
    versions.find((one) => one.is_deployed) ??
    versions[0]
  return (
    <RouteEditor
      key={shown?.id}
      {...props}
      versions={versions}
      version={shown}
      test={{ trial, setTrial, walk, setWalk }}
    />
  )
}
