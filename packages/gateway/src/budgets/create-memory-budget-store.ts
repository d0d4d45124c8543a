import type { BudgetStore, Budget } from './budget.ts'

/** Budgets in memory, for tests and for gateways with fixed ones. */
export function createMemoryBudgetStore(initial: readonly Budget[] = []): BudgetStore {
  const budgets = new Map(initial.map((budget) => [budget.id, budget]))
  const find = (orgId: string, id: string): Budget | undefined => {
    const budget = budgets.get(id)
    return budget?.orgId === orgId ? budget : undefined
  }
  return {
    list: async (orgId) =>
      [...budgets.values()]
        .filter((budget) => budget.orgId === orgId)
        .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
    add: async (budget) => {
      if (budgets.has(budget.id)) throw new Error(`A budget with id "${budget.id}" exists.`)
      budgets.set(budget.id, budget)
    },
    update: async (orgId, id, change) => {
      const budget = find(orgId, id)
      if (budget) budgets.set(id, { ...budget, ...change })
      return budget !== undefined
    },
    remove: async (orgId, id) => find(orgId, id) !== undefined && budgets.delete(id),
  }
}
