import { Button } from '@cloudflare/kumo/components/button'
import { ChatTeardropTextIcon, ColumnsIcon, EraserIcon, SlidersHorizontalIcon } from '@phosphor-icons/react'
import { useState, type ReactElement } from 'react'
import { GatewaySelect } from '../../gateways/gateway-select.tsx'
import { useModelSuggestions } from '../../models/use-model-suggestions.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SideSheet } from '../../ui/side-sheet.tsx'
import { ChatPane } from './chat-pane.tsx'
import { Composer } from './composer.tsx'
import { PastRequestNote } from './past-request-note.tsx'
import { SettingsForm } from './settings-form.tsx'
import { usePlayground } from './use-playground.ts'

/** A chat with any model, or with two, as callers have it. */
export function PlaygroundPage(): ReactElement {
  const { org, can } = useSession()
  if (can('member')) return <Playground key={org.id} />
  return (
    <>
      <PageHeader title="Playground" description="Ask any model, side by side, as your callers do." />
      <Card>
        <EmptyState icon={ChatTeardropTextIcon} title="Viewers cannot send requests">
          The playground asks with a gateway key of your own, and spends money. Ask an owner of the organisation for the
          role member.
        </EmptyState>
      </Card>
    </>
  )
}

function Playground(): ReactElement {
  const play = usePlayground()
  const { change, panes, gatewayId, settings } = play
  const [isSetting, setIsSetting] = useState(false)
  const suggestions = useModelSuggestions(gatewayId)
  const form = <SettingsForm settings={settings} onChange={play.setSettings} />
  return (
    <>
      <PageHeader
        title="Playground"
        description="Ask any model, side by side, as your callers do."
        actions={<Actions play={play} onSettings={() => setIsSetting(true)} />}
      />
      <PastRequestNote past={play.past} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex h-[max(26rem,calc(100dvh-9.5rem))] min-w-0 flex-col overflow-hidden rounded-lg bg-kumo-base ring ring-kumo-line">
          <div className="flex min-h-0 flex-1 divide-kumo-hairline max-md:flex-col max-md:divide-y md:divide-x">
            {panes.map((pane) => (
              <ChatPane
                key={pane.name}
                pane={pane}
                onModel={(model) => change({ [pane.name]: model || undefined })}
                suggestions={suggestions}
                gatewayId={gatewayId}
                onResults={(asked) => play.ask(pane, asked)}
              />
            ))}
          </div>
          <Composer play={play} />
        </div>
        <Card title="Settings" className="max-xl:hidden">
          {form}
        </Card>
      </div>
      <SideSheet
        isOpen={isSetting}
        onClose={() => setIsSetting(false)}
        title="Settings"
        className="w-96 overflow-y-auto p-5"
      >
        <h2 className="mb-4 text-lg font-semibold">Settings</h2>
        {form}
      </SideSheet>
    </>
  )
}

function Actions({ play, onSettings }: { play: ReturnType<typeof usePlayground>; onSettings(): void }): ReactElement {
  const { gatewayId, change, isComparing } = play
  return (
    <>
      <GatewaySelect value={gatewayId} onChange={(id) => change({ gateway: id === 'default' ? undefined : id })} />
      <Button icon={ColumnsIcon} onClick={play.compare}>
        {isComparing ? 'One model' : 'Compare'}
      </Button>
      <Button icon={EraserIcon} onClick={play.clear}>
        Clear
      </Button>
      <Button className="xl:hidden" icon={SlidersHorizontalIcon} onClick={onSettings}>
        Settings
      </Button>
    </>
  )
}
