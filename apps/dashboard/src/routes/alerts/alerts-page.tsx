import { Switch } from '@cloudflare/kumo/components/switch'
import { Tabs } from '@cloudflare/kumo/components/tabs'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, type ReactElement } from 'react'
import { useSession } from '../../session/use-session.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { alertTabs, type AlertTab } from './alerts-search.ts'
import { ChannelsCard } from './channels-card.tsx'
import { DeliveriesCard } from './deliveries-card.tsx'
import { EventsCard } from './events-card.tsx'
import { toOwnerQuery } from './owner-query.ts'
import { RulesCard } from './rules-card.tsx'

const route = getRouteApi('/shell/alerts')

const labels: Readonly<Record<AlertTab, string>> = {
  alerts: 'Alerts',
  rules: 'Rules',
  channels: 'Channels',
  deliveries: 'History',
}

/** What to tell whom, and when. */
export function AlertsPage(): ReactElement {
  const { tab = 'alerts', system } = route.useSearch()
  const navigate = route.useNavigate()
  const { org, can } = useSession()
  const isSystem = system === '1' && can('operator')
  const owner = useMemo(() => toOwnerQuery(org.id, isSystem), [org.id, isSystem])
  return (
    <>
      <PageHeader
        title="Alerts"
        description="What to tell whom, and when."
        actions={
          can('operator') && (
            <Switch
              label="The gateway as a whole"
              checked={isSystem}
              onCheckedChange={(isOn) =>
                void navigate({ search: (old) => ({ ...old, system: isOn ? '1' : undefined }), replace: true })
              }
            />
          )
        }
      />
      <Tabs
        variant="underline"
        className="mb-5"
        tabs={alertTabs.map((value) => ({ value, label: labels[value] }))}
        value={tab}
        onValueChange={(value) =>
          void navigate({
            search: (old) => ({ ...old, tab: alertTabs.find((known) => known === value) }),
            replace: true,
          })
        }
      />
      {tab === 'alerts' && <EventsCard owner={owner} />}
      {tab === 'rules' && <RulesCard owner={owner} isSystem={isSystem} />}
      {tab === 'channels' && <ChannelsCard owner={owner} />}
      {tab === 'deliveries' && <DeliveriesCard owner={owner} />}
    </>
  )
}
