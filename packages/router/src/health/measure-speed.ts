import { fade } from './fade.ts'
import { healthRules } from './health-rules.ts'
import type { Average, MeasuredSpeed } from './health-state.ts'
import type { Success } from './outcome.ts'

/** The speed with one more answer, which ended `lateMs` before the latest; as it was, if the answer measures nothing. */
export function measureSpeed(
  speed: MeasuredSpeed | undefined,
  answer: Success,
  lateMs: number,
): MeasuredSpeed | undefined {
  if (lateMs >= healthRules.speedMemoryMs) return speed
  const weight = fade(1, lateMs, healthRules.speedHalfLifeMs)
  const ttft = add(speed?.ttft, answer.ttftMs, weight)
  const throughput = add(speed?.throughput, tokensPerSecond(answer), weight)
  if (ttft === speed?.ttft && throughput === speed?.throughput) return speed
  return {
    samples: Math.min((speed?.samples ?? 0) + 1, healthRules.mostSamples),
    at: Math.max(speed?.at ?? answer.at, answer.at),
    ...(ttft && { ttft }),
    ...(throughput && { throughput }),
  }
}

function add(average: Average | undefined, value: number | undefined, weight: number): Average | undefined {
  if (value === undefined || !Number.isFinite(value) || value <= 0) return average
  const whole = (average?.weight ?? 0) + weight
  const logSum = (average?.logSum ?? 0) + weight * Math.log(value)
  const kept = Math.min(1, healthRules.mostSamples / whole)
  return { weight: whole * kept, logSum: logSum * kept }
}

/**
 * Of the time after the first output, unless that is less than a tenth of the whole: then the answer came in one piece
 * and the whole time counts. Fewer than ten tokens measure nothing.
 */
function tokensPerSecond({ ttftMs = 0, outputTokens = 0, durationMs = 0 }: Success): number | undefined {
  if (outputTokens < 10 || durationMs <= 0) return undefined
  const writingMs = durationMs - ttftMs
  return (outputTokens / (writingMs < durationMs / 10 ? durationMs : writingMs)) * 1000
}
