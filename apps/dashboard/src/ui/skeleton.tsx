import { cn } from '@cloudflare/kumo/utils'
import type { ReactElement } from 'react'

/** A grey place of the size of what will come, so that nothing moves when it does. */
export function Skeleton({ className }: { className?: string }): ReactElement {
  return <div aria-hidden className={cn('animate-pulse rounded-md bg-kumo-fill', className)} />
}
