import { Badge, type BadgeVariant } from '@cloudflare/kumo/components/badge'
import type { ReactElement } from 'react'

const tones: Readonly<Record<string, BadgeVariant>> = {
  healthy: 'success',
  degraded: 'warning',
  resting: 'error',
  probing: 'warning',
}

/** How a target is; `null` where nothing is known of the last while. */
export function HealthBadge({ status }: { status: string | null }): ReactElement {
  if (status === null || status === 'unknown') return <span className="text-kumo-subtle">no news</span>
  return (
    <Badge variant={tones[status] ?? 'neutral'} appearance="dot">
      {status}
    </Badge>
  )
}
