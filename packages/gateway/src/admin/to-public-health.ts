import type { HealthVerdict } from '@gw/router'
import * as z from 'zod'

/** How a target is, in an answer. */
export const healthAnswer = z.object({
  target: z.string(),
  status: z.string(),
  uptime: z.number(),
  reason: z.string().nullable(),
  rests_until: z.number().nullable(),
  ttft_ms: z.number().nullable(),
  tokens_per_second: z.number().nullable(),
  samples: z.number(),
  error_rates: z.record(z.string(), z.number()),
})

/** How a target is, as the control plane shows it. */
export function toPublicHealth([target, verdict]: readonly [string, HealthVerdict]) {
  const { status, uptime, reason, restsUntil, ttftMs, tokensPerSecond, samples, errorRates = {} } = verdict
  return {
    target,
    status,
    uptime,
    reason: reason ?? null,
    rests_until: restsUntil ?? null,
    ttft_ms: ttftMs ?? null,
    tokens_per_second: tokensPerSecond ?? null,
    samples,
    error_rates: errorRates,
  }
}
