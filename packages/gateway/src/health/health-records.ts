import { claimProbe, observe, type HealthState } from '@gw/router'
import type { ProbeAnswer, TargetOutcome, TargetStates } from './health-board.ts'

/** Where states are kept, one for each target. */
export interface HealthStates {
  all(): Map<string, HealthState>
  set(target: string, state: HealthState): void
  delete(target: string): void
}

export interface HealthRecords {
  exchange(outcomes: readonly TargetOutcome[], now: number): TargetStates
  claimProbe(target: string, now: number): ProbeAnswer
}

/** Nothing is known any more of a target that nobody asked for so long, ms. */
const forgetMs = 24 * 3_600_000

/** A caller may name any model; what is remembered has a bound. */
const mostTargets = 500

/** The health of one organisation's targets: what a board does, wherever its states are kept. */
export function createHealthRecords(states: HealthStates): HealthRecords {
  const set = (target: string, state: HealthState): void => {
    const known = states.all()
    if (!known.has(target) && known.size >= mostTargets) {
      const [oldest] = [...known].toSorted(([, one], [, other]) => one.at - other.at)
      if (oldest) states.delete(oldest[0])
    }
    states.set(target, state)
  }
  return {
    exchange: (outcomes, now) => {
      for (const { target, outcome } of outcomes) set(target, observe(states.all().get(target), outcome))
      for (const [target, { at }] of states.all()) if (at < now - forgetMs) states.delete(target)
      return Object.fromEntries(states.all())
    },
    claimProbe: (target, now) => {
      const state = states.all().get(target)
      if (!state) return { granted: true, probedAt: now }
      const claim = claimProbe(state, now)
      set(target, claim.state)
      return { granted: claim.granted, probedAt: now }
    },
  }
}
