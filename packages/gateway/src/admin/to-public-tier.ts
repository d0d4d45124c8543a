import * as z from 'zod'
import type { Tier } from '../people/tier-store.ts'

const limit = z.number().nullable()

/** A tier in an answer. */
export const tierAnswer = z.object({
  id: z.string(),
  name: z.string(),
  requests_per_day: limit,
  requests_per_minute: limit,
  tokens_per_minute: limit,
})

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
