import type { Caller, KeySource } from '@gw/keys'
import type { Deps } from '../deps.ts'
import type { Gateway } from '../gateways/gateway-store.ts'
import type { Held } from '../money/create-settlement.ts'
import { mostOfLeg, type MostUsed } from '../money/most-of-leg.ts'
import type { Account } from '../people/account-store.ts'
import type { UpstreamLeg } from '../plan.ts'
import { reserveMoney } from './reserve-money.ts'
import { reserveNeurons } from './reserve-neurons.ts'
import { reserveTokens } from './reserve-tokens.ts'

/** In whose name, and under which limits, an attempt is made. */
export interface Purse {
  /** Id of the request; all its reservations have it. */
  logId: string
  caller: Caller
  account: Account
  gateway: Gateway
}

export interface Reservation extends Held {
  /** Tokens of the minute's limit that are set aside. */
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

/**
 * Sets aside the most that an attempt can use, wherever it counts: tokens of the tier, neurons of the account, money of
 * every budget. What was set aside for the attempt before is replaced.
 * @throws GatewayError `rate_limited`, `neurons_exhausted`, `budget_exceeded`, and `unavailable` where a budget that must
 * hold cannot be asked
 */
export async function reserve(attempted: Attempted, purse: Purse, deps: Deps): Promise<Reservation> {
  const { leg, source } = attempted
  const isGratis = source === 'free'
  if (leg.isFree && !isGratis) {
    return { nanoUsd: undefined, milliNeurons: undefined, tokens: undefined, unchecked: false }
  }
  const bounded = { ...attempted, most: mostOfLeg(leg) }
  const tokens = await reserveTokens(bounded.most, purse, deps)
  const neurons = await reserveNeurons(bounded, purse, deps)
  const money = isGratis ? { nanoUsd: undefined, unchecked: false } : await reserveMoney(bounded, purse, deps)
  return { ...tokens, ...neurons, ...money, unchecked: tokens.unchecked || money.unchecked }
}
