import { cn } from '@cloudflare/kumo/utils'
import type { ReactElement, ReactNode } from 'react'
import { Delta } from './delta.tsx'
import { Skeleton } from './skeleton.tsx'

interface StatTileProps {
  label: string
  /** `undefined` while it is not known yet. */
  value: string | undefined
  /** Below the value. */
  note?: ReactNode
  /** Shows how the number changed. */
  change?: { current: number | null; previous: number | null; good?: 'up' | 'down' } | undefined
  /** Makes it a button, such as one that chooses what a chart shows. */
  onPress?: () => void
  isPressed?: boolean
}

/** One number that matters, with its change since the period before. */
export function StatTile({ label, value, note, change, onPress, isPressed = false }: StatTileProps): ReactElement {
  const content = (
    <>
      <span className="text-sm text-kumo-subtle">{label}</span>
      {value === undefined ? (
        <Skeleton className="my-1 h-6 w-24" />
      ) : (
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-xl leading-8 font-semibold tracking-tight tabular-nums">{value}</span>
          {change && <Delta {...change} />}
        </span>
      )}
      {value === undefined ? (
        <Skeleton className="h-4 w-20" />
      ) : (
        <span className="truncate text-sm text-kumo-subtle">{note}</span>
      )}
    </>
  )
  const className = 'relative flex min-h-25 min-w-0 flex-col gap-0.5 bg-kumo-base px-4 py-3 text-left'
  if (!onPress) return <div className={className}>{content}</div>
  return (
    <button
      type="button"
      aria-pressed={isPressed}
      onClick={onPress}
      className={cn(className, 'cursor-pointer -outline-offset-2 hover:bg-kumo-tint')}
    >
      {isPressed && <span className="absolute inset-x-0 top-0 h-0.5 bg-kumo-brand" aria-hidden />}
      {content}
    </button>
  )
}

/** Tiles in rows, with hairlines between them. */
export function StatTiles({ children }: { children: ReactNode }): ReactElement {
  return (
    <div className="grid grid-cols-2 gap-px overflow-hidden rounded-lg bg-kumo-hairline ring ring-kumo-line md:grid-cols-4">
      {children}
    </div>
  )
}
