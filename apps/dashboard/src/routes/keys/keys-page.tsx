import { Tabs } from '@cloudflare/kumo/components/tabs'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'
import { GatewayKeysCard } from './gateway-keys-card.tsx'
import { keyTabs, type KeysSearch, type KeyTab } from './keys-search.ts'
import { ProviderKeysCard } from './provider-keys-card.tsx'
import { ResolutionCard } from './resolution-card.tsx'

const route = getRouteApi('/shell/keys')

const labels: Readonly<Record<KeyTab, string>> = {
  gateway: 'Gateway keys',
  provider: 'Provider keys',
  resolution: 'Which key wins',
}

/** Who may call the gateway, and which keys it calls providers with. */
export function KeysPage(): ReactElement {
  const { tab = 'gateway', ...question } = route.useSearch()
  const navigate = route.useNavigate()
  const set = (change: KeysSearch): void => void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  return (
    <>
      <PageHeader title="Keys" description="Who may call the gateway, and which keys it calls providers with." />
      <Tabs
        variant="underline"
        className="mb-5"
        tabs={keyTabs.map((value) => ({ value, label: labels[value] }))}
        value={tab}
        onValueChange={(value) => set({ tab: keyTabs.find((known) => known === value) })}
      />
      {tab === 'gateway' && <GatewayKeysCard />}
      {tab === 'provider' && <ProviderKeysCard />}
      {tab === 'resolution' && <ResolutionCard {...question} onChange={set} />}
    </>
  )
}
