import { ageState } from './age-state.ts'
import { fade } from './fade.ts'
import { healthRules } from './health-rules.ts'
import type { HealthState } from './health-state.ts'
import { measureSpeed } from './measure-speed.ts'
import { moveCircuit } from './move-circuit.ts'
import { moveLimit } from './move-limit.ts'
import type { Outcome } from './outcome.ts'

/**
 * The state with one more outcome. Outcomes may come late and in any order: the uptime is the same whatever the order
 * (but for rounding), a late one counts as much as if it had come in time, no late news shortens a rest, and none from
 * before the circuit was closed opens it. An outcome whose time is not a number is ignored.
 *
 * @example
 * let state = observe(undefined, { at: Date.now(), ok: true, ttftMs: 400, outputTokens: 200, durationMs: 2400 })
 * state = observe(state, { at: Date.now(), ok: false, type: 'rate_limit', retryAfterMs: 20_000 })
 */
export function observe(state: HealthState | undefined, outcome: Outcome): HealthState {
  if (!Number.isFinite(outcome.at)) return state ?? createState(0)
  const aged = ageState(state ?? createState(outcome.at), outcome.at)
  const lateMs = aged.at - outcome.at
  const weight = fade(1, lateMs, healthRules.uptimeHalfLifeMs)
  const { limit: before, missingUntil: missing, ...rest } = aged
  const limit = moveLimit(before, outcome)
  const missingUntil = moveMissing(missing, outcome)
  const moved = {
    ...rest,
    circuit: moveCircuit(aged.circuit, outcome, aged.at),
    ...(limit && { limit }),
    ...(missingUntil !== undefined && { missingUntil }),
  }
  if (outcome.ok) {
    const speed = measureSpeed(aged.speed, outcome, lateMs)
    return { ...moved, ok: aged.ok + weight, ...(speed && { speed }) }
  }
  return { ...moved, failed: { ...aged.failed, [outcome.type]: (aged.failed[outcome.type] ?? 0) + weight } }
}

/** A provider that says it has no such model will say so for a while. */
function moveMissing(until: number | undefined, outcome: Outcome): number | undefined {
  if (outcome.ok || outcome.type !== 'model_not_found') return until
  return Math.max(until ?? -Infinity, outcome.at + healthRules.missingRestMs)
}

const createState = (at: number): HealthState => ({ at, ok: 0, failed: {}, circuit: { ok: 0, failed: 0, trips: 0 } })
