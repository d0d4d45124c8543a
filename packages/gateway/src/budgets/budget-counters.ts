import type { Counter } from '../ledger/ledger.ts'
import type { Budget, BudgetScope } from './budget.ts'

/** In whose name a request spends. */
export interface Spender {
  userId: string | null
  gatewayKeyId: string
  gatewayId: string
  /** The dynamic route that the request takes. */
  route: string | null
}

/** The counters of all budgets that count what a spender spends; all of an organisation's are in one ledger. */
export function budgetCounters(budgets: readonly Budget[], spender: Spender): Counter[] {
  const idOf: Readonly<Record<BudgetScope, string | null>> = {
    org: null,
    user: spender.userId,
    gateway_key: spender.gatewayKeyId,
    gateway: spender.gatewayId,
    route: spender.route,
  }
  return budgets
    .filter(({ disabledAt, scope, scopeId }) => disabledAt === null && scopeId === idOf[scope])
    .map(toCounter)
}

/** One budget as its ledger counts it, in nano-USD. */
export function toCounter({ id, limitNanoUsd, period, mode }: Budget): Counter {
  return { id, limit: limitNanoUsd, window: { kind: period }, isHard: mode === 'hard' }
}
