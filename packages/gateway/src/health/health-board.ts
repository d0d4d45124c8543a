import type { HealthState, Outcome } from '@gw/router'

/** How one attempt at a target (`provider/model`) ended. */
export interface TargetOutcome {
  target: string
  outcome: Outcome
}

export type TargetStates = Readonly<Record<string, HealthState>>

/** Whether a caller may try a target whose rest is over. */
export interface ProbeAnswer {
  granted: boolean
  /** The probe's outcome carries it. Epoch milliseconds. */
  probedAt: number
}

/** What all isolates together know of an organisation's targets. */
export interface HealthBoard {
  /** Takes outcomes in, and says how all targets stand. */
  exchange(orgId: string, outcomes: readonly TargetOutcome[]): Promise<TargetStates>
  claimProbe(orgId: string, target: string): Promise<ProbeAnswer>
}
