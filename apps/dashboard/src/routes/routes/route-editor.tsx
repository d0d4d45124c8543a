import { Tabs } from '@cloudflare/kumo/components/tabs'
import { useBlocker } from '@tanstack/react-router'
import { useRef, type ReactElement } from 'react'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { AddMenu } from './add-menu.tsx'
import { ElementPanel } from './element-panel.tsx'
import { JsonView } from './json-view.tsx'
import { MistakeList } from './mistake-list.tsx'
import { RouteGraph } from './route-graph.tsx'
import { RouteHeader } from './route-header.tsx'
import type { RoutePageProps, RouteTest, Version } from './route-page.tsx'
import { parseRoutesSearch } from './routes-search.ts'
import { TestPanel } from './test-panel.tsx'
import { useRouteDraft } from './use-route-draft.ts'
import { VersionsPanel } from './versions-panel.tsx'

interface RouteEditorProps extends RoutePageProps {
  versions: readonly Version[]
  version: Version | undefined
  test: RouteTest
}

const panels = [
  { value: 'element', label: 'Element' },
  { value: 'test', label: 'Test run' },
  { value: 'versions', label: 'Versions' },
]
const views = [
  { value: 'graph', label: 'Graph' },
  { value: 'json', label: 'JSON' },
]

/** The graph of a route, and what can be done with it. */
export function RouteEditor(props: RouteEditorProps): ReactElement {
  const { gatewayId, name, search, change, versions, version, test } = props
  const { can } = useSession()
  const draft = useRouteDraft(gatewayId, version)
  const mayWrite = can('admin')
  const isOfThis = test.walk?.version === version?.number && !draft.isChanged
  useUnsavedWarning(draft.isChanged)
  const panel = useRef<HTMLDivElement>(null)
  const select = (element: string | undefined): void => {
    change({ element, panel: undefined })
    // Where the form is below the graph, it comes into sight.
    if (element !== undefined && matchMedia('(max-width: 1279px)').matches) {
      panel.current?.scrollIntoView({ behavior: 'smooth', block: 'start' })
    }
  }
  const scope = { gatewayId, name, version, draft, change }
  return (
    <>
      <RouteHeader {...scope} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Card
          isFlush
          title={
            <Tabs
              size="sm"
              tabs={views}
              value={search.view ?? 'graph'}
              onValueChange={(view) => change({ view: parseRoutesSearch({ view }).view })}
            />
          }
          actions={
            mayWrite &&
            search.view === undefined && <AddMenu draft={draft} selected={search.element} onAdded={select} />
          }
        >
          {search.view === 'json' ? (
            <JsonView draft={draft} isReadOnly={!mayWrite} />
          ) : (
            <RouteGraph
              draft={draft}
              walk={isOfThis ? test.walk : undefined}
              selected={search.element}
              onSelect={select}
            />
          )}
          <MistakeList draft={draft} onSelect={select} />
        </Card>
        <Card
          isFlush
          title={
            <Tabs
              size="sm"
              tabs={panels}
              value={search.panel ?? 'element'}
              onValueChange={(panel) => change({ panel: parseRoutesSearch({ panel }).panel })}
            />
          }
        >
          <div ref={panel} className="scroll-mt-24 p-4">
            {search.panel === undefined && (
              <ElementPanel
                draft={draft}
                id={search.element}
                onSelect={select}
                isReadOnly={!mayWrite}
                gatewayId={gatewayId}
              />
            )}
            {search.panel === 'test' && <TestPanel {...scope} test={test} />}
            {search.panel === 'versions' && <VersionsPanel {...scope} versions={versions} />}
          </div>
        </Card>
      </div>
    </>
  )
}

function useUnsavedWarning(isChanged: boolean): void {
  useBlocker({
    shouldBlockFn: ({ current, next }) => {
      const stays =
        current.pathname === next.pathname &&
        parseRoutesSearch({ ...current.search }).route === parseRoutesSearch({ ...next.search }).route
      return isChanged && !stays && !window.confirm('Leave without saving? The changes of this route are lost.')
    },
    enableBeforeUnload: isChanged,
  })
}
