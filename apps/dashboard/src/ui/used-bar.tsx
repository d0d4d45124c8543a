import { cn } from '@cloudflare/kumo/utils'
import type { ReactElement } from 'react'

interface UsedBarProps {
  /** For screen readers. */
  label: string
  used: number
  limit: number
  /** What is used, for people. */
  text: string
}

/** How much of something is used: a bar that warns from four fifths on. */
export function UsedBar({ label, used, limit, text }: UsedBarProps): ReactElement {
  const share = limit > 0 ? Math.min(used / limit, 1) : 1
  const percent = Math.round(share * 100)
  return (
    <span className="inline-flex items-center gap-2">
      <span
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-1.5 w-24 overflow-hidden rounded-full bg-kumo-fill"
      >
        <span
          className={cn(
            'block h-full rounded-full',
            share >= 1 ? 'bg-kumo-danger' : share >= 0.8 ? 'bg-kumo-warning' : 'bg-kumo-brand',
          )}
          style={{ width: `${percent}%` }}
        />
      </span>
      <span className="tabular-nums">{text}</span>
      <span className="text-sm text-kumo-subtle tabular-nums">{percent}%</span>
    </span>
  )
}
