import { GatewayError } from '@gw/headers'
import type { Deps } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import type { CounterState } from '../ledger/ledger.ts'
import { gatewayCounters, requestCounters } from '../limits/limit-counters.ts'
import type { Purse } from './purse.ts'

/** How a request stands to the limits on requests. */
export interface LimitCheck {
  states: readonly CounterState[]
  /** False where a limit could not be asked, and the request passes on what this isolate may let through by itself. */
  isChecked: boolean
  /** Why the request may not pass. */
  error?: GatewayError
}

/** Takes a permit of the gateway and one of the caller's tier, where they have limits. */
export async function checkLimits(purse: Purse, deps: Deps): Promise<LimitCheck> {
  const { caller, account, gateway, background } = purse
  const { tier, principal } = account
  // The tier first: who has used theirs up must not use up what all share.
  const ofTier = await takePermit(
    {
      ledger: ledgerName.tier(principal),
      counters: tier ? requestCounters(tier) : [],
      whose: `The tier ${tier?.name ?? ''}`,
      background,
    },
    deps,
  )
  if (ofTier.error) return ofTier
  const ofGateway = await takePermit(
    {
      ledger: ledgerName.gateway(caller.orgId, gateway.id),
      counters: gatewayCounters(gateway),
      whose: 'This gateway',
      background,
    },
    deps,
  )
  return {
    ...ofGateway,
    states: [...ofTier.states, ...ofGateway.states],
    isChecked: ofTier.isChecked && ofGateway.isChecked,
  }
}

interface Permit {
  ledger: string
  counters: ReturnType<typeof requestCounters>
  /** Whose limit it is, as a sentence begins with it. */
  whose: string
  background: Purse['background']
}

async function takePermit(
  { ledger, counters, whose, background }: Permit,
  { permits, now, alert }: Deps,
): Promise<LimitCheck> {
  if (counters.length === 0) return { states: [], isChecked: true }
  const taken = await permits.take({ ledger, counters, cost: 1, waitUntil: background })
  const { states, isChecked } = taken
  if (!isChecked) {
    const message = 'Limits could not be checked; each isolate lets a tenth through.'
    background(alert({ orgId: null, kind: 'limits_unchecked', subject: ledger, message, at: now() }))
  }
  if (taken.ok) return { states, isChecked }
  const { refused, retryAfterMs } = taken
  return { states, isChecked, error: rateLimited(refused, { whose, retryAfterMs }) }
}

function rateLimited(
  { limit, id }: CounterState,
  { whose, retryAfterMs }: { whose: string; retryAfterMs: number | null },
): GatewayError {
  const period = id === 'requests_per_day' ? 'a day (it starts anew at 00:00 UTC)' : 'in its window'
  return new GatewayError(
    'rate_limited',
    `${whose} allows ${limit} requests ${period}, and they are used. Wait, or raise the limit.`,
    {
      ...(retryAfterMs !== null && { retryAfterMs }),
    },
  )
}
