import type { HealthVerdict } from '../health/health-verdict.ts'
import { onScale } from './on-scale.ts'

/** Before that many answers the prior holds. */
const leastSamples = 20

/**
 * Measured speed on 0–10, `undefined` before 20 samples. The mean of two logarithmic scales, or the one that was
 * measured: 5 for 2 s to the first output and 5 less for ten times as long (10 at 0.2 s, 0 at 20 s); 5 for 50 tokens per
 * second and 5 more for ten times as many (0 at 5, 10 at 500). A faster target never gets a lower speed.
 */
export function measuredSpeed({ samples, ttftMs, tokensPerSecond }: HealthVerdict): number | undefined {
  if (samples < leastSamples) return undefined
  const parts = [
    ttftMs === undefined ? undefined : onScale(5 - 5 * Math.log10(ttftMs / 2000)),
    tokensPerSecond === undefined ? undefined : onScale(5 + 5 * Math.log10(tokensPerSecond / 50)),
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part, 0) / parts.length
}
