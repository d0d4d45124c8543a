import { budgetsFor, type PlannedBudget } from './budgets-for.ts'

/** What the run prepares in the gateway: organisations with tiers, users, gateways and budgets. */
export interface Cast {
  orgs: readonly { id: string; tier: string }[]
  users: readonly { name: string; org: string; tier: string | null }[]
  gateways: readonly { org: string; id: string; limitPerDay: number | undefined }[]
  budgets: readonly PlannedBudget[]
}

/** The cast for so many requests: some of the budgets are enough for the run, and some are not. */
export function castFor(requests: number): Cast {
  return {
    orgs: [
      { id: 'load-free', tier: 'FREE' },
      { id: 'load-pro', tier: 'PROFESSIONAL' },
      { id: 'load-open', tier: 'BUSINESS' },
      { id: 'load-pay', tier: 'BUSINESS' },
      { id: 'load-poor', tier: 'BUSINESS' },
    ],
    users: [
      { name: 'ann', org: 'load-pro', tier: 'PERSONAL' },
      { name: 'bob', org: 'load-pro', tier: null },
      { name: 'cat', org: 'load-pay', tier: null },
      { name: 'dan', org: 'load-pay', tier: null },
      { name: 'eve', org: 'load-poor', tier: null },
    ],
    gateways: [
      { org: 'load-pay', id: 'tight', limitPerDay: undefined },
      { org: 'load-open', id: 'capped', limitPerDay: Math.ceil(requests / 50) },
    ],
    budgets: budgetsFor(requests),
  }
}
