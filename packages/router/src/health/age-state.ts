import { fade } from './fade.ts'
import { healthRules } from './health-rules.ts'
import type { Average, HealthState, MeasuredSpeed } from './health-state.ts'

/** The same state with its sums as of a later time, and without a speed that is forgotten; earlier changes nothing. */
export function ageState(state: HealthState, now: number): HealthState {
  const at = Math.max(state.at, now)
  const ms = at - state.at
  const { uptimeHalfLifeMs, circuitHalfLifeMs, speedMemoryMs } = healthRules
  const failed = Object.fromEntries(
    Object.entries(state.failed).map(([type, sum]) => [type, fade(sum, ms, uptimeHalfLifeMs)]),
  )
  const { circuit, speed, ...rest } = state
  return {
    ...rest,
    at,
    ok: fade(state.ok, ms, uptimeHalfLifeMs),
    failed,
    circuit: {
      ...circuit,
      ok: fade(circuit.ok, ms, circuitHalfLifeMs),
      failed: fade(circuit.failed, ms, circuitHalfLifeMs),
    },
    ...(speed && at - speed.at < speedMemoryMs && { speed: ageSpeed(speed, ms) }),
  }
}

function ageSpeed({ ttft, throughput, ...speed }: MeasuredSpeed, ms: number): MeasuredSpeed {
  const age = ({ weight, logSum }: Average): Average => ({
    weight: fade(weight, ms, healthRules.speedHalfLifeMs),
    logSum: fade(logSum, ms, healthRules.speedHalfLifeMs),
  })
  return { ...speed, ...(ttft && { ttft: age(ttft) }), ...(throughput && { throughput: age(throughput) }) }
}
