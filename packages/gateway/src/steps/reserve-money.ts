import { mostCost, type PricedAt } from '@gw/catalog'
import { GatewayError } from '@gw/headers'
import type { Caller } from '@gw/keys'
import { budgetCounters, type Spender } from '../budgets/budget-counters.ts'
import type { Deps } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { LedgerUnavailable } from '../ledger/ledger-unavailable.ts'
import type { CounterState } from '../ledger/ledger.ts'
import { toMostUsage, type MostUsed } from '../money/most-of-leg.ts'
import type { Account } from '../people/account-store.ts'
import type { UpstreamLeg } from '../plan.ts'
import { orUnavailable } from './or-unavailable.ts'
import { holdMs, type Bounded, type Purse, type Reservation } from './reserve.ts'
import { waitFor } from './wait-for.ts'

/**
 * Sets the most that an attempt can cost aside in every budget that counts it.
 * @throws GatewayError `budget_exceeded`; `unavailable` where a hard budget cannot be asked
 */
export async function reserveMoney(
  { leg, carried, most }: Bounded,
  { caller, account, gateway, logId }: Purse,
  deps: Deps,
): Promise<Pick<Reservation, 'nanoUsd' | 'unchecked'>> {
  const spender: Spender = {
    userId: caller.userId,
    gatewayKeyId: caller.gatewayKeyId,
    gatewayId: gateway.id,
    route: null,
  }
  const counters = budgetCounters(account.budgets, spender)
  if (counters.length === 0) return { nanoUsd: undefined, unchecked: false }
  const mustHold = counters.some(({ isHard }) => isHard)
  const bound = boundOf(leg, most, { at: deps.now(), overrides: account.prices })
  if (bound === 0 && carried.nanoUsd === 0) return { nanoUsd: undefined, unchecked: false }
  if (bound === undefined && mustHold) throw unknownPrice(leg)

  const amount = (bound ?? 0) + carried.nanoUsd
  const name = ledgerName.budgets(caller.orgId)
  const asked = deps.ledgers.open(name).reserve({ id: logId, counters, amount, holdMs })
  const reserved = await (mustHold ? asked.catch(refuse(name, deps)) : asked.catch(orNothing))
  if (!reserved) return { nanoUsd: bound ?? 0, unchecked: true }
  if (!reserved.ok) throw exceeded(reserved.refused, amount, { account, caller, deps })
  warnOfPassed(reserved.states, caller.orgId, deps)
  return { nanoUsd: bound ?? 0, unchecked: false }
}

function boundOf(leg: UpstreamLeg, most: MostUsed, prices: PricedAt): number | undefined {
  const { provider, model } = leg
  if (model === undefined) return undefined
  return mostCost(toMostUsage(most), { provider: provider.pricedAs ?? provider.id, model }, prices)
}

function unknownPrice({ provider, model }: UpstreamLeg): GatewayError {
  return new GatewayError(
    'budget_exceeded',
    `A hard budget applies, and nobody knows the price of ${provider.id}/${model ?? 'this call'}, so it cannot be kept. Set a price for it, or use a model that the catalog knows.`,
    { detail: { reason: 'unknown_price' } },
  )
}

interface Refused {
  account: Account
  caller: Caller
  deps: Deps
}

function exceeded(state: CounterState, amount: number, { account, caller, deps }: Refused): GatewayError {
  const budget = account.budgets.find(({ id }) => id === state.id)
  const name = budget?.name ?? state.id
  const message =
    `The budget "${name}" has $${usd(state.remaining)} left of $${usd(state.limit)}, and this request may cost up to $${usd(amount)}. ` +
    'A lower `max_tokens` reserves less; else wait for the next period, or raise the budget.'
  void deps.alert({
    orgId: caller.orgId,
    kind: 'budget_exceeded',
    subject: state.id,
    message: `The budget "${name}" of $${usd(state.limit)} refuses requests.`,
    at: deps.now(),
  })
  return new GatewayError('budget_exceeded', message, {
    ...waitFor(state, deps.now()),
    detail: { budget: state.id, limit_nano_usd: state.limit, remaining_nano_usd: state.remaining },
  })
}

/** Six decimals, without the last zeros. */
const usd = (nanoUsd: number): string => String(Number((nanoUsd / 1e9).toFixed(6)))

function warnOfPassed(states: readonly CounterState[], orgId: string, { alert, now }: Deps): void {
  for (const { id, isHard, used, limit } of states) {
    if (isHard || used <= limit) continue
    void alert({
      orgId,
      kind: 'budget_passed',
      subject: id,
      message: `A budget of $${usd(limit)} that only warns is passed.`,
      at: now(),
    })
  }
}

const orNothing = (error: unknown): undefined => {
  if (!(error instanceof LedgerUnavailable)) throw error
  return undefined
}

function refuse(name: string, { alert, now }: Deps): (error: unknown) => never {
  return (error) => {
    if (error instanceof LedgerUnavailable) {
      void alert({
        orgId: null,
        kind: 'budget_unavailable',
        subject: name,
        message: 'Budgets could not be checked, and what costs money was refused.',
        at: now(),
      })
    }
    return orUnavailable('The budget')(error)
  }
}
