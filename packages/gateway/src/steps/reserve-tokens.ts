import { GatewayError } from '@gw/headers'
import type { Deps } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { LedgerUnavailable } from '../ledger/ledger-unavailable.ts'
import { tokenCounters } from '../limits/limit-counters.ts'
import type { MostUsed } from '../money/most-of-leg.ts'
import type { Purse } from './purse.ts'
import type { Reservation } from './reservation.ts'
import { waitUntil } from './wait-until.ts'

/** What is set aside for the output of a request that names no limit, tokens. */
const usualOutput = 4096

/** A minute's tokens are not held for longer, ms. */
const holdMs = 60_000

/** Sets tokens of the tier's minute aside. Passes unchecked where nobody can be asked. @throws GatewayError `rate_limited` */
export async function reserveTokens(
  { inputTokens, outputTokens, answers }: MostUsed,
  { account: { tier, principal }, logId, background }: Purse,
  { ledgers, now, alert }: Deps,
): Promise<Pick<Reservation, 'tokens' | 'unchecked'>> {
  const counters = tier ? tokenCounters(tier) : []
  const [counter] = counters
  if (!counter) return { tokens: undefined, unchecked: false }
  // A request that may be larger than the limit passes where it is alone.
  const amount = Math.min(counter.limit, (inputTokens ?? counter.limit) + (outputTokens ?? usualOutput) * answers)
  const name = ledgerName.tier(principal)
  try {
    const reserved = await ledgers.open(name).reserve({ id: logId, counters, amount, holdMs })
    if (reserved.ok) return { tokens: amount, unchecked: false }
    throw new GatewayError(
      'rate_limited',
      `The tier ${tier?.name ?? ''} allows ${counter.limit} tokens a minute, and they are used. Try again after the pause, or send less.`,
      waitUntil(reserved.retryAt, now()),
    )
  } catch (error) {
    if (!(error instanceof LedgerUnavailable)) throw error
    background(
      alert({
        orgId: null,
        kind: 'limits_unchecked',
        subject: name,
        message: 'The limit of tokens could not be checked, and requests passed.',
        at: now(),
      }),
    )
    return { tokens: undefined, unchecked: true }
  }
}

/** Gives back what was set aside for an attempt that is not made. */
export async function releaseTokens(
  { account: { tier, principal }, logId: id }: Purse,
  { ledgers, report }: Deps,
): Promise<void> {
  const counters = tier ? tokenCounters(tier) : []
  await ledgers
    .open(ledgerName.tier(principal))
    .reserve({ id, counters, amount: 0, holdMs })
    .catch((error: unknown) => report(error, id))
}
