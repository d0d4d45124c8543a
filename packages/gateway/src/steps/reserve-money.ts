import { mostCost, type PricedAt } from '@gw/catalog'
import { GatewayError } from '@gw/headers'
import { budgetCounters } from '../budgets/budget-counters.ts'
import type { Deps } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { LedgerUnavailable } from '../ledger/ledger-unavailable.ts'
import type { Counter, CounterState, Reserved } from '../ledger/ledger.ts'
import { toMostUsage, type MostUsed } from '../money/most-of-leg.ts'
import type { UpstreamLeg } from '../plan.ts'
import { orUnavailable } from './or-unavailable.ts'
import type { Purse } from './purse.ts'
import { holdMs, type Attempted, type Bounded, type Reservation } from './reservation.ts'
import { waitUntil } from './wait-until.ts'

/**
 * Sets the most that an attempt can cost aside in every budget that counts it.
 * @throws GatewayError `budget_exceeded`; `unavailable` where a hard budget cannot be asked
 */
export async function reserveMoney(
  { leg, carried, most }: Bounded,
  purse: Purse,
  deps: Deps,
): Promise<Pick<Reservation, 'nanoUsd' | 'unchecked'>> {
  const { account, logId } = purse
  const counters = countersOf(purse, leg)
  if (counters.length === 0) return { nanoUsd: undefined, unchecked: false }
  const mustHold = counters.some(({ isHard }) => isHard)
  const bound = boundOf(leg, most, { at: deps.now(), overrides: account.prices })
  if (bound === undefined && mustHold) throw unknownPrice({ leg, carried })

  const amount = (bound ?? 0) + carried.nanoUsd
  const ledger = ledgerName.budgets(purse.caller.orgId)
  const asked = deps.ledgers.open(ledger).reserve({ id: logId, counters, amount, holdMs })
  if (bound === 0 && amount === 0) {
    // What is free needs nobody's leave, but if it costs something after all, that counts.
    purse.background(asked.catch(() => undefined))
    return { nanoUsd: 0, unchecked: false }
  }
  const reserved = await asked.catch(mustHold ? refuse({ ledger, leg, carried }, purse, deps) : orNothing)
  if (!reserved) return { nanoUsd: bound ?? 0, unchecked: true }
  if (!reserved.ok) throw exceeded(reserved, { amount, leg, carried }, { purse, deps })
  const isPassed = (state: CounterState): boolean => !state.isHard && state.used > state.limit
  for (const state of reserved.states) if (isPassed(state) && !isOnRoute(state, leg)) warn(state, purse, deps)
  return { nanoUsd: bound ?? 0, unchecked: false }
}

/** Gives back what was set aside for an attempt that is not made; what attempts before it may have cost stays. */
export async function releaseMoney(
  { leg, carried }: Attempted,
  purse: Purse,
  { ledgers, report }: Deps,
): Promise<void> {
  const { caller, logId: id } = purse
  const hold = { id, counters: countersOf(purse, leg), amount: carried.nanoUsd, holdMs }
  await ledgers
    .open(ledgerName.budgets(caller.orgId))
    .reserve(hold)
    .catch((error: unknown) => report(error, id))
}

/** Budgets, and the budget limits within the dynamic route: they hold together or not at all. */
function countersOf({ caller, account, gateway }: Purse, { route, counting = [] }: UpstreamLeg): Counter[] {
  const { userId, gatewayKeyId } = caller
  const spender = { userId, gatewayKeyId, gatewayId: gateway.id, route: route?.id ?? null }
  const ofRoute = (route?.budgets ?? []).map(({ counter }) => counter)
  const elsewhere = counting.filter(({ id }) => !ofRoute.some((counter) => counter.id === id))
  return [...budgetCounters(account.budgets, spender), ...ofRoute, ...elsewhere]
}

/** A dynamic route says itself where requests go then; elsewhere another try may find the ledger. */
function onRoute(asked: Carrying): LastOnRoute & { can_retry?: boolean } {
  const last = lastOnRoute(asked)
  return last.budget === undefined ? {} : { ...last, can_retry: false }
}

const isOnRoute = ({ id }: CounterState, { route, counting = [] }: UpstreamLeg): boolean =>
  [...(route?.budgets ?? []).map(({ counter }) => counter), ...counting].some((counter) => counter.id === id)

/** The budget limit of a dynamic route that stands for what cannot be judged: the last one on the way. */
function lastOnRoute({ leg: { route }, carried }: Carrying): LastOnRoute {
  const last = route?.budgets.findLast(({ counter }) => counter.isHard)
  return last ? { budget: last.counter.id, ...mayHaveCost(carried) } : {}
}

type Carrying = Pick<Attempted, 'leg' | 'carried'>
type LastOnRoute = { budget?: string } & ReturnType<typeof mayHaveCost>

/** A limit of a route goes on counting what attempts before the one that is refused may have cost. */
const mayHaveCost = ({ nanoUsd }: Attempted['carried']): { may_have_cost?: true } =>
  nanoUsd > 0 ? { may_have_cost: true } : {}

function boundOf(leg: UpstreamLeg, most: MostUsed, prices: PricedAt): number | undefined {
  const { provider, model } = leg
  if (model === undefined || !isMetered(leg)) return undefined
  return mostCost(toMostUsage(most), { provider: provider.pricedAs ?? provider.id, model }, prices)
}

/** Native calls whose answers are read for what they used. Others (jobs, batches) cost what nobody can tell beforehand. */
const meteredPath =
  /\/(?:chat\/completions|completions|responses|messages|embeddings?|embed|rerank|moderations|ocr|listen|speak|stt|tts(?:\/\w+)?|chat|generate|converse(?:-stream)?|invoke(?:-with-response-stream)?|predictions|images\/\w+|audio\/\w+|speech-to-text|text-to-speech\/.+)$|:(?:generateContent|streamGenerateContent|embedContent|batchEmbedContents|predict|rawPredict|streamRawPredict)$|@(?:cf|hf)\/.+/

const isMetered = (leg: UpstreamLeg): boolean => leg.kind !== 'native' || meteredPath.test(`/${leg.path}`)

function unknownPrice(asked: Carrying): GatewayError {
  const { provider, model } = asked.leg
  return new GatewayError(
    'budget_exceeded',
    `A hard budget applies, and nobody knows the price of ${provider.id}/${model ?? 'this call'}, so it cannot be kept. Set a price for it (POST /api/prices), or use a model that the catalog knows.`,
    { detail: { reason: 'unknown_price', ...lastOnRoute(asked) } },
  )
}

interface Context {
  purse: Purse
  deps: Deps
}

function exceeded(
  { refused, retryAt }: Extract<Reserved, { ok: false }>,
  { amount, leg, carried }: Pick<Bounded, 'leg' | 'carried'> & { amount: number },
  { purse: { account, caller, background }, deps }: Context,
): GatewayError {
  const { id: subject, limit, remaining } = refused
  const element = leg.route?.budgets.find(({ counter }) => counter.id === subject)?.element
  const name = element ?? account.budgets.find(({ id }) => id === subject)?.name ?? subject
  const event = { orgId: caller.orgId, kind: 'budget_exceeded', subject, at: deps.now() } as const
  // A limit within a route is there to be reached: the route says where requests go then.
  if (element === undefined)
    background(deps.alert({ ...event, message: `The budget "${name}" of $${usd(limit)} refuses requests.` }))
  return new GatewayError(
    'budget_exceeded',
    `The budget "${name}" has $${usd(remaining)} left of $${usd(limit)}, and this request may cost up to $${usd(amount)}. ` +
      'A lower `max_tokens` reserves less; else wait for the next period, or raise the budget.',
    {
      ...waitUntil(retryAt, deps.now()),
      detail: {
        budget: subject,
        limit_nano_usd: limit,
        remaining_nano_usd: remaining,
        ...mayHaveCost(carried),
      },
    },
  )
}

/** Six decimals, without the last zeros. */
const usd = (nanoUsd: number): string => String(Number((nanoUsd / 1e9).toFixed(6)))

function warn({ id: subject, limit }: CounterState, { caller, background }: Purse, { alert, now }: Deps): void {
  const message = `A budget of $${usd(limit)} that only warns is passed.`
  background(alert({ orgId: caller.orgId, kind: 'budget_passed', subject, message, at: now() }))
}

const orNothing = (error: unknown): undefined => {
  if (!(error instanceof LedgerUnavailable)) throw error
  return undefined
}

interface Asked extends Carrying {
  ledger: string
}

function refuse(
  { ledger: subject, leg, carried }: Asked,
  { background }: Purse,
  { alert, now }: Deps,
): (error: unknown) => never {
  return (error) => {
    if (error instanceof LedgerUnavailable) {
      const message = 'Budgets could not be checked, and what costs money was refused.'
      background(alert({ orgId: null, kind: 'budget_unavailable', subject, message, at: now() }))
    }
    return orUnavailable('The budget', onRoute({ leg, carried }))(error)
  }
}
