import { Tabs } from '@cloudflare/kumo/components/tabs'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { GatewaySelect } from '../../gateways/gateway-select.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ExplainCard } from './explain-card.tsx'
import { HealthCard } from './health-card.tsx'
import { PolicyCard } from './policy-card.tsx'
import { parseRouterSearch, type RouterSearch } from './router-search.ts'
import { WhatIfCard } from './what-if-card.tsx'

const route = getRouteApi('/shell/router')

const tabs = [
  { value: 'policy', label: 'Policy' },
  { value: 'explain', label: 'Explain' },
  { value: 'what-if', label: 'What if' },
  { value: 'health', label: 'Health' },
]

/** How requests find their model, and how they would under other rules. */
export function RouterPage(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const gatewayId = search.gateway ?? 'default'
  const change = (next: RouterSearch): void =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false })
  return (
    <>
      <PageHeader
        title="Router"
        description="How requests find their model, and how they would under other rules."
        actions={
          <GatewaySelect value={gatewayId} onChange={(id) => change({ gateway: id === 'default' ? undefined : id })} />
        }
      />
      <div className="mb-4">
        <Tabs
          variant="underline"
          tabs={tabs}
          value={search.tab ?? 'policy'}
          onValueChange={(tab) => change({ tab: parseRouterSearch({ tab }).tab })}
        />
      </div>
      {search.tab === undefined && <PolicyCard gatewayId={gatewayId} />}
      {search.tab === 'explain' && <ExplainCard search={search} change={change} />}
      {search.tab === 'what-if' && <WhatIfCard gatewayId={gatewayId} search={search} change={change} />}
      {search.tab === 'health' && <HealthCard />}
    </>
  )
}
