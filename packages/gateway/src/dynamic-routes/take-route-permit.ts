import { GatewayError } from '@gw/headers'
import type { RateStop } from '@gw/router'
import type { Deps } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import type { Purse } from '../steps/purse.ts'
import type { CalledRoute } from './called-route.ts'
import { rateCounter } from './rate-counter.ts'

export interface RoutePermit {
  /** Why the request may not pass. */
  error?: GatewayError
  /** False where the ledger did not answer, and this isolate decided by itself. */
  isChecked: boolean
}

/** Counts a request on a limit of a route. */
export async function takeRoutePermit(
  stop: RateStop,
  called: CalledRoute,
  { purse, deps }: { purse: Purse; deps: Pick<Deps, 'permits' | 'alert' | 'now'> },
): Promise<RoutePermit> {
  const { caller, gateway, background } = purse
  const ledger = ledgerName.route({ orgId: caller.orgId, gatewayId: gateway.id, id: called.id })
  const counters = [await rateCounter(stop, [])]
  const taken = await deps.permits.take({ ledger, counters, cost: 1, waitUntil: background })
  const { isChecked } = taken
  if (!isChecked) {
    const message = 'Limits of a dynamic route could not be checked; each isolate lets a tenth through.'
    background(deps.alert({ orgId: null, kind: 'limits_unchecked', subject: ledger, message, at: deps.now() }))
  }
  if (taken.ok) return { isChecked }
  const { limit, windowSeconds, element } = stop
  return {
    isChecked,
    error: new GatewayError(
      'rate_limited',
      `The limit "${element.id}" of the dynamic route "${called.name}" allows ${limit} requests in ${windowSeconds} s, and they are used. Wait, or raise the limit.`,
      { ...(taken.retryAfterMs !== null && { retryAfterMs: taken.retryAfterMs }) },
    ),
  }
}
