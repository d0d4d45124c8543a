import { mostNeurons } from '@gw/catalog'
import { GatewayError } from '@gw/headers'
import type { Deps } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { accountOf, neuronCounter } from '../limits/neuron-counter.ts'
import { toMostUsage } from '../money/most-of-leg.ts'
import type { Purse } from './purse.ts'
import { holdMs, type Bounded, type Reservation } from './reservation.ts'
import { orUnavailable } from './or-unavailable.ts'
import { waitUntil } from './wait-until.ts'

/**
 * Sets neurons of the operator's own account aside; who brings a token of their own spends their own.
 * @throws GatewayError `neurons_exhausted`, `unavailable`
 */
export async function reserveNeurons(
  { leg, source, carried, most }: Bounded,
  { gateway, logId, background }: Purse,
  deps: Deps,
): Promise<Pick<Reservation, 'milliNeurons'>> {
  if (leg.provider.id !== 'workers-ai' || source === 'request' || source === 'user' || source === 'org') {
    return { milliNeurons: undefined }
  }
  const bound = leg.model === undefined ? undefined : mostNeurons(toMostUsage(most), leg.model)
  const mustHold = source === 'free' || gateway.settings.neurons_past_limit === 'error'
  if (bound === undefined && mustHold) {
    throw new GatewayError(
      'neurons_exhausted',
      'Nobody knows how many neurons this model uses, so it is not free to call.',
    )
  }
  const milliNeurons = (bound ?? 0) + carried.milliNeurons
  const counters = [neuronCounter(deps, mustHold)]
  const asked = deps.ledgers
    .open(ledgerName.neurons(accountOf(deps)))
    .reserve({ id: logId, counters, amount: milliNeurons, holdMs })
  if (!mustHold) {
    background(asked.catch((error: unknown) => deps.report(error, logId)))
    return { milliNeurons: bound ?? 0 }
  }
  const reserved = await asked.catch(orUnavailable('The free neurons'))
  if (reserved.ok) return { milliNeurons: bound ?? 0 }
  throw new GatewayError(
    'neurons_exhausted',
    `The day's ${deps.neuronsPerDay} free neurons of Workers AI are used, or not enough are left for this request. They are back at 00:00 UTC; a smaller model or fewer tokens may still fit.`,
    waitUntil(reserved.retryAt, deps.now()),
  )
}
