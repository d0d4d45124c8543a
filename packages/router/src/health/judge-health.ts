import { ageState } from './age-state.ts'
import { healthRules } from './health-rules.ts'
import type { Average, HealthState } from './health-state.ts'
import type { HealthVerdict } from './health-verdict.ts'

/** Below half an outcome, what is left of the past says nothing. */
const leastWeight = 0.5

/**
 * How a target is at a time, in epoch milliseconds. The uptime is (successes + 10) / (successes + counted failures + 10)
 * of a window in which an outcome counts half after five minutes; only `upstream_error` and `timeout` are counted.
 */
export function judgeHealth(state: HealthState | undefined, now: number): HealthVerdict {
  if (!state) return { status: 'unknown', uptime: 1, samples: 0 }
  const aged = ageState(state, now)
  const { ok, failed } = aged
  const bad = (failed.upstream_error ?? 0) + (failed.timeout ?? 0)
  const uptime = (ok + healthRules.assumedSuccesses) / (ok + bad + healthRules.assumedSuccesses)
  const known = sum(ok, failed)
  return {
    status: known < leastWeight ? 'unknown' : uptime < healthRules.degradedBelow ? 'degraded' : 'healthy',
    uptime,
    ...speedOf(aged),
    ...(known >= leastWeight && known > ok && { errorRates: shares(failed, known) }),
    ...restOf(aged, now),
  }
}

const sum = (ok: number, failed: HealthState['failed']): number =>
  Object.values(failed).reduce((all, weight) => all + weight, ok)

const shares = (failed: HealthState['failed'], whole: number): HealthState['failed'] =>
  Object.fromEntries(Object.entries(failed).map(([type, weight]) => [type, weight / whole]))

function speedOf({ speed }: HealthState): Pick<HealthVerdict, 'samples' | 'ttftMs' | 'tokensPerSecond'> {
  if (!speed) return { samples: 0 }
  const { samples, ttft, throughput } = speed
  return {
    samples,
    ...(ttft && { ttftMs: meanOf(ttft) }),
    ...(throughput && { tokensPerSecond: meanOf(throughput) }),
  }
}

const meanOf = ({ weight, logSum }: Average): number => Math.exp(logSum / weight)

/** What overrides the status: the longest rest that is not over, or that a probe is due. */
function restOf(
  { circuit, limit, missingUntil = -Infinity }: HealthState,
  now: number,
): Pick<HealthVerdict, 'restsUntil' | 'reason'> & { status?: 'resting' | 'probing' } {
  const rests = [
    { restsUntil: limit?.until ?? -Infinity, reason: 'rate_limit' },
    { restsUntil: circuit.restsUntil ?? -Infinity, reason: 'failures' },
    { restsUntil: missingUntil, reason: 'missing' },
    { restsUntil: circuit.probe?.until ?? -Infinity, reason: 'probe' },
  ] as const
  const longest = rests.reduce((most, rest) => (rest.restsUntil > most.restsUntil ? rest : most))
  if (now < longest.restsUntil) return { status: 'resting', ...longest }
  return circuit.restsUntil === undefined ? {} : { status: 'probing' }
}
