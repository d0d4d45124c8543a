/** Whose spending a budget limits. */
export type BudgetScope = 'org' | 'user' | 'gateway_key' | 'gateway' | 'route'

/** What an organisation, or a part of it, may spend. */
export interface Budget {
  id: string
  orgId: string
  name: string
  scope: BudgetScope
  /** Id of the user, key, gateway or route; `null` for the organisation. */
  scopeId: string | null
  /** Days and months are of the UTC calendar; `total` never starts anew. */
  period: 'day' | 'month' | 'total'
  limitNanoUsd: number
  /** `hard` refuses what could pass the limit; `warn` only tells of it. */
  mode: 'hard' | 'warn'
  /** Ms since the epoch. Spending counts from here on. */
  createdAt: number
  disabledAt: number | null
}

/** What may change of a budget; to limit something else, make another. */
export type BudgetChange = Partial<Pick<Budget, 'name' | 'limitNanoUsd' | 'mode' | 'disabledAt'>>

/** Where budgets are kept. */
export interface BudgetStore {
  /** The organisation's, oldest first, those that are disabled included. */
  list(orgId: string): Promise<Budget[]>
  /** @throws when the id is taken. */
  add(budget: Budget): Promise<void>
  /** False when the organisation has no such budget. */
  update(orgId: string, id: string, change: BudgetChange): Promise<boolean>
  /** False when the organisation has no such budget. */
  remove(orgId: string, id: string): Promise<boolean>
}
