import type { ReactElement } from 'react'
import type { Series } from './chart-data.ts'

interface LegendProps {
  series: readonly Series[]
  /** What a series came to. */
  valueOf?(series: Series): string
  onSelect?: ((id: string) => void) | undefined
}

/** Names the colours of a chart. */
export function Legend({ series, valueOf, onSelect }: LegendProps): ReactElement {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 pt-3 text-sm" aria-label="Legend">
      {series.map((one) => {
        const content = (
          <>
            <svg viewBox="0 0 8 8" className="size-2 shrink-0" aria-hidden>
              <rect width="8" height="8" rx="2" fill={one.colour} />
            </svg>
            <span className="max-w-56 truncate">{one.label}</span>
            {valueOf && <span className="text-kumo-subtle tabular-nums">{valueOf(one)}</span>}
          </>
        )
        return (
          <li key={one.id}>
            {onSelect && !one.isGhost ? (
              <button
                type="button"
                className="flex cursor-pointer items-center gap-1.5 rounded hover:underline"
                onClick={() => onSelect(one.id)}
              >
                {content}
              </button>
            ) : (
              <span className="flex items-center gap-1.5">{content}</span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
