import { healthRules } from './health-rules.ts'
import type { LimitRest } from './health-state.ts'
import type { Outcome } from './outcome.ts'

/** What an outcome makes of the rest after a rate limit: longer, over, or as it was. */
export function moveLimit(limit: LimitRest | undefined, outcome: Outcome): LimitRest | undefined {
  if (outcome.ok) return limit && outcome.at < limit.until ? limit : undefined
  if (outcome.type !== 'rate_limit') return limit

  const { at, retryAfterMs = NaN } = outcome
  if (retryAfterMs >= 0 && Number.isFinite(retryAfterMs)) {
    const asked = at + Math.min(retryAfterMs, healthRules.longestAskedRestMs)
    return { until: Math.max(asked, limit?.until ?? -Infinity), inARow: limit?.inARow ?? 0 }
  }
  // Many calls under way meet the same limit at once: that is one limit.
  if (limit && at < limit.until) return limit
  const inARow = limit && at - limit.until < healthRules.forgetAfterMs ? limit.inARow + 1 : 1
  const { firstLimitRestMs, longestLimitRestMs } = healthRules
  return { until: at + Math.min(firstLimitRestMs * 2 ** (inARow - 1), longestLimitRestMs), inARow }
}
