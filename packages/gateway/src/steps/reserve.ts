import type { Deps } from '../deps.ts'
import { mostOfLeg } from '../money/most-of-leg.ts'
import type { UpstreamLeg } from '../plan.ts'
import type { Purse } from './purse.ts'
import type { Attempted, Reservation } from './reservation.ts'
import { releaseMoney, reserveMoney } from './reserve-money.ts'
import { reserveNeurons } from './reserve-neurons.ts'
import { releaseTokens, reserveTokens } from './reserve-tokens.ts'

/**
 * Sets aside the most that an attempt can use, wherever it counts: tokens of the tier, neurons of the account, money of
 * every budget. What was set aside for the attempt before is replaced.
 * @throws GatewayError `rate_limited`, `neurons_exhausted`, `budget_exceeded`, and `unavailable` where a budget that must
 * hold cannot be asked
 */
export async function reserve(attempted: Attempted, purse: Purse, deps: Deps): Promise<Reservation> {
  const { leg, source } = attempted
  const isGratis = source === 'free'
  if ((leg.isFree && !isGratis) || !isCounted(leg, purse)) return nothing
  const bounded = { ...attempted, most: mostOfLeg(leg) }
  const tokens = await reserveTokens(bounded.most, purse, deps)
  let money: Pick<Reservation, 'nanoUsd' | 'unchecked'> = { nanoUsd: undefined, unchecked: false }
  try {
    // Money comes before neurons: who has none must not keep those from others.
    if (!isGratis) money = await reserveMoney(bounded, purse, deps)
    const neurons = await reserveNeurons(bounded, purse, deps)
    return { ...tokens, ...neurons, ...money, unchecked: tokens.unchecked || money.unchecked }
  } catch (error) {
    if (tokens.tokens !== undefined) purse.background(releaseTokens(purse, deps))
    if (money.nanoUsd !== undefined) purse.background(releaseMoney(attempted, purse, deps))
    throw error
  }
}

const nothing: Reservation = { nanoUsd: undefined, milliNeurons: undefined, tokens: undefined, unchecked: false }

/** Most requests are under no limit that their size matters to, and are not looked at. */
function isCounted({ provider, route, counting = [] }: UpstreamLeg, { account: { tier, budgets } }: Purse): boolean {
  const hasBudgets = (route !== undefined && route.budgets.length > 0) || counting.length > 0
  return hasBudgets || provider.id === 'workers-ai' || budgets.length > 0 || (tier?.tokensPerMinute ?? null) !== null
}
