import { ArrowDownIcon, ArrowUpIcon } from '@phosphor-icons/react'
import { cn } from '@cloudflare/kumo/utils'
import type { ReactElement } from 'react'
import { changeOf } from './change-of.ts'

interface DeltaProps {
  current: number | null
  previous: number | null
  /** Which way is good news; neither for plain amounts. */
  good?: 'up' | 'down'
}

/** How much a number is above or below that of the period before. */
export function Delta({ current, previous, good }: DeltaProps): ReactElement | null {
  const change = changeOf(current, previous)
  if (change === undefined) return null
  const { direction, text } = change
  const isGood = good === direction
  const tone =
    direction === 'same' || good === undefined ? 'text-kumo-subtle' : isGood ? 'text-kumo-success' : 'text-kumo-danger'
  const Arrow = direction === 'up' ? ArrowUpIcon : ArrowDownIcon
  return (
    <span className={cn('inline-flex items-center gap-0.5 text-sm whitespace-nowrap tabular-nums', tone)}>
      {direction !== 'same' && <Arrow className="size-3" aria-label={direction} />}
      {text}
    </span>
  )
}
