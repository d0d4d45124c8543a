import { healthRules } from './health-rules.ts'
import type { HealthState } from './health-state.ts'
import { judgeHealth } from './judge-health.ts'

export interface ProbeClaim {
  /** The caller may go. */
  granted: boolean
  /** To be kept in place of the state that was given. */
  state: HealthState
}

/**
 * Asks to be the one caller who tries a target whose rest is over. While it is `probing`, one claim is granted at a
 * time: the next one after the probe's outcome was observed, or after 60 s without. A target that doesn't rest grants
 * every claim, one that does none. Exact only where the state is in one place; each copy grants its own probe. The
 * probe's outcome should carry `probedAt: now`.
 */
export function claimProbe(state: HealthState, now: number): ProbeClaim {
  const { status } = judgeHealth(state, now)
  if (status !== 'probing') return { granted: status !== 'resting', state }
  const probe = { at: now, until: now + healthRules.probeMs }
  return { granted: true, state: { ...state, circuit: { ...state.circuit, probe } } }
}
