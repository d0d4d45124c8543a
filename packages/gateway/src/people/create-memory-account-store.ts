import type { Account, AccountStore } from './account-store.ts'

/** The same for every caller; without limits, budgets and prices of its own unless they are given. */
export function createMemoryAccountStore(account: Partial<Account> = {}): AccountStore {
  return {
    find: async ({ orgId }) => ({
      tier: undefined,
      principal: { kind: 'org', id: orgId },
      budgets: [],
      prices: [],
      ...account,
    }),
    forget: () => undefined,
  }
}
