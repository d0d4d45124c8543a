import { cn } from '@cloudflare/kumo/utils'
import { PathIcon } from '@phosphor-icons/react'
import { useMemo, type ReactElement } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { edgePath } from './edge-path.ts'
import { GraphNodeButton } from './graph-node-button.tsx'
import { layoutGraph, sizes, type PlacedEdge } from './layout-graph.ts'
import type { RouteDraft } from './use-route-draft.ts'
import { passes, type Walk } from './walk.ts'

interface RouteGraphProps {
  draft: RouteDraft
  /** The way of a test, which is lit. */
  walk: Walk | undefined
  selected: string | undefined
  onSelect(id: string): void
}

/** A route, drawn top-down. */
export function RouteGraph({ draft, walk, selected, onSelect }: RouteGraphProps): ReactElement {
  const { elements, mistakes } = draft
  const layout = useMemo(() => layoutGraph(elements), [elements])
  const labels = useMemo(() => labelsOf(layout.edges), [layout])
  if (elements.length === 0) {
    return (
      <EmptyState icon={PathIcon} title="Nothing to draw">
        Paste elements into the JSON view, or take another version.
      </EmptyState>
    )
  }
  return (
    <div
      className="max-h-[max(28rem,calc(100dvh-17rem))] overflow-auto bg-kumo-recessed"
      tabIndex={0}
      role="group"
      aria-label="Graph"
    >
      <div className="relative mx-auto" style={{ width: layout.width, height: layout.height }}>
        <svg width={layout.width} height={layout.height} className="absolute inset-0" aria-hidden>
          {layout.edges.map((edge) => {
            const isLit = walk !== undefined && passes(walk, edge.from, edge.to)
            const last = edge.points.at(-1)
            return (
              <g key={`${edge.from} ${edge.output}`} className={isLit ? 'text-kumo-success' : 'text-kumo-subtle'}>
                <path
                  d={edgePath(edge.points)}
                  fill="none"
                  stroke="currentColor"
                  strokeWidth={isLit ? 2.5 : 1.25}
                  strokeDasharray={edge.output === 'fallback' || edge.output === 'false' ? '5 4' : undefined}
                />
                {last && (
                  <path
                    d={`M${last.x - 4} ${last.y - 7} L${last.x} ${last.y - 1} L${last.x + 4} ${last.y - 7} Z`}
                    fill="currentColor"
                  />
                )}
              </g>
            )
          })}
        </svg>
        {labels.map(({ key, text, x, y }) => (
          <span
            key={key}
            className="absolute -translate-x-1/2 rounded bg-kumo-recessed px-1 text-xs whitespace-nowrap text-kumo-subtle"
            style={{ left: x, top: y }}
          >
            {text}
          </span>
        ))}
        {layout.nodes.map(({ id, x, y }) => {
          const node = elements.find((one) => one.id === id)
          return (
            node && (
              <GraphNodeButton
                key={id}
                node={node}
                mistakes={mistakes.filter((mistake) => mistake.element === id).length}
                isSelected={id === selected}
                isLit={walk?.path.includes(id) ?? false}
                onSelect={() => onSelect(id)}
                className={cn('absolute')}
                style={{ left: x, top: y, width: sizes.width, height: sizes.height }}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

const labelDrop = 8

/** Only where an element has a choice; `next` and a lone `success` say nothing. */
function labelsOf(edges: readonly PlacedEdge[]): { key: string; text: string; x: number; y: number }[] {
  return edges.flatMap(({ from, output, points: [start] }) => {
    const isAlone = edges.filter((edge) => edge.from === from).length === 1
    if (!start || (isAlone && (output === 'next' || output === 'success'))) return []
    return [{ key: `${from} ${output}`, text: labels[output] ?? output, x: start.x, y: start.y + labelDrop }]
  })
}

const labels: Readonly<Record<string, string>> = { true: 'yes', false: 'no', fallback: 'else', success: 'ok' }
