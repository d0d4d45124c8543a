import type { KeySource } from '@gw/keys'
import type { Held } from '../money/create-settlement.ts'
import type { MostUsed } from '../money/most-of-leg.ts'
import type { UpstreamLeg } from '../plan.ts'

/** What is set aside for one attempt. */
export interface Reservation extends Held {
  /** Tokens of the minute's limit. */
  tokens: number | undefined
  /** Something could not be asked, and did not have to be. */
  unchecked: boolean
}

export interface Attempted {
  leg: UpstreamLeg
  source: KeySource
  /** What earlier attempts of the request may have cost. */
  carried: { nanoUsd: number; milliNeurons: number }
}

/** An attempt with bounds on what it can use. */
export type Bounded = Attempted & { most: MostUsed }

/** How long a reservation lasts that nobody settles or prolongs; longer than the longest wait for a first byte, ms. */
export const holdMs = 15 * 60_000
