import type { BadgeVariant } from '@cloudflare/kumo/components/badge'

/** The colour of a state of health. */
export function toneOf(status: string): BadgeVariant {
  if (status === 'healthy') return 'success'
  if (status === 'resting') return 'error'
  return status === 'degraded' ? 'warning' : 'secondary'
}
