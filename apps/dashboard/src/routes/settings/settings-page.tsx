import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useSession } from '../../session/use-session.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { ApiCard } from './api-card.tsx'
import { DemoCard } from './demo-card.tsx'
import { GatewaysCard } from './gateways-card.tsx'
import { PreferencesCard } from './preferences-card.tsx'

const route = getRouteApi('/shell/settings')

/** How gateways behave, and how this browser shows them. */
export function SettingsPage(): ReactElement {
  const { gateway = 'default' } = route.useSearch()
  const navigate = route.useNavigate()
  const { isOperator } = useSession()
  const choose = (id: string): void => void navigate({ search: (old) => ({ ...old, gateway: id }), replace: true })
  return (
    <>
      <PageHeader title="Settings" description="How gateways behave, and how this browser shows them." />
      <div className="flex flex-col gap-5">
        <GatewaysCard gatewayId={gateway} onChoose={choose} />
        <PreferencesCard />
        {isOperator && <DemoCard />}
        <ApiCard />
      </div>
    </>
  )
}
