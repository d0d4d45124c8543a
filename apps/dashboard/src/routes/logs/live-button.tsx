import { Button } from '@cloudflare/kumo/components/button'
import { cn } from '@cloudflare/kumo/utils'
import type { ReactElement } from 'react'
import type { LiveState } from './use-live-rows.ts'

const dots: Readonly<Record<LiveState, string>> = {
  off: 'bg-kumo-interact',
  connecting: 'bg-kumo-warning animate-pulse',
  open: 'bg-kumo-success animate-pulse',
}

/** Switches the live tail on and off. */
export function LiveButton({ state, onToggle }: { state: LiveState; onToggle(): void }): ReactElement {
  return (
    <Button aria-pressed={state !== 'off'} onClick={onToggle}>
      <span className={cn('size-2 rounded-full', dots[state])} aria-hidden />
      {state === 'connecting' ? 'Connecting' : 'Live'}
    </Button>
  )
}
