import type { Tier } from '../people/tier-store.ts'

/** A tier as the control plane shows it. */
export function toPublicTier({ id, name, requestsPerDay, requestsPerMinute, tokensPerMinute }: Tier) {
  return {
    id,
    name,
    requests_per_day: requestsPerDay,
    requests_per_minute: requestsPerMinute,
    tokens_per_minute: tokensPerMinute,
  }
}
