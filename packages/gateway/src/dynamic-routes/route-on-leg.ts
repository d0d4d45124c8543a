import type { Counter } from '../ledger/ledger.ts'

/** The dynamic route that led to a leg. */
export interface RouteOnLeg {
  id: string
  /** The budget limits that were passed on the way: what the leg costs counts on each of them. */
  budgets: readonly RouteBudget[]
}

/** A budget limit for one value of its key. */
export interface RouteBudget {
  /** Id of the element. */
  element: string
  /** In nano-USD. */
  counter: Counter
}
