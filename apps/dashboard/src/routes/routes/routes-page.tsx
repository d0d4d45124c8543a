import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { RouteList } from './route-list.tsx'
import { RoutePage } from './route-page.tsx'
import type { RoutesSearch } from './routes-search.ts'

const route = getRouteApi('/shell/routes')

/** Graphs that decide which model answers: all of them, or one. */
export function RoutesPage(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: RoutesSearch, isStep = false): void =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: !isStep, resetScroll: false })
  const gatewayId = search.gateway ?? 'default'
  if (search.route === undefined) return <RouteList gatewayId={gatewayId} change={change} />
  return (
    <RoutePage
      key={`${gatewayId} ${search.route}`}
      gatewayId={gatewayId}
      name={search.route}
      search={search}
      change={change}
    />
  )
}
