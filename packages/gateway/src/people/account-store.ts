import { createLookupCache, type Caller } from '@gw/keys'
import type { Budget, BudgetStore } from '../budgets/budget.ts'
import type { OwnPrice, PriceStore } from '../money/price-store.ts'
import type { OrgStore } from './org-store.ts'
import type { Tier, TierStore } from './tier-store.ts'
import type { UserStore } from './user-store.ts'

/** What limits and prices a caller's requests. */
export interface Account {
  /** `undefined` where the organisation has none: nothing is limited. */
  tier: Tier | undefined
  /** Who shares the tier's limits: the user with a tier of their own, or else the whole organisation. */
  principal: { kind: 'org' | 'user'; id: string }
  budgets: readonly Budget[]
  prices: readonly OwnPrice[]
}

export interface AccountStore {
  find(caller: Pick<Caller, 'orgId' | 'userId'>): Promise<Account>
  /** Reads everything anew: something has changed here, and counts here at once. */
  forget(): void
}

export interface AccountStoreOptions {
  orgs: Pick<OrgStore, 'find'>
  users: Pick<UserStore, 'find'>
  tiers: Pick<TierStore, 'find'>
  budgets: Pick<BudgetStore, 'list'>
  prices: Pick<PriceStore, 'list'>
  now(): number
}

/** Accounts put together from the stores, kept in memory for ten seconds. */
export function createAccountStore(stores: AccountStoreOptions): AccountStore {
  const orgs = createLookupCache({ load: (orgId: string) => loadOrg(orgId, stores), now: stores.now })
  const users = createLookupCache({ load: (id: string) => loadUserTier(id, stores), now: stores.now })
  return {
    find: async ({ orgId, userId }) => {
      const [org, userTier] = await Promise.all([orgs.get(orgId), userId === null ? undefined : users.get(userId)])
      const { tier: orgTier, budgets = [], prices = [] } = org ?? {}
      const own = userTier?.tier
      return {
        tier: own ?? orgTier,
        principal: own && userId !== null ? { kind: 'user', id: userId } : { kind: 'org', id: orgId },
        budgets,
        prices,
      }
    },
    forget: () => {
      orgs.clear()
      users.clear()
    },
  }
}

async function loadOrg(orgId: string, { orgs, tiers, budgets, prices }: AccountStoreOptions) {
  const [org, orgBudgets, orgPrices] = await Promise.all([orgs.find(orgId), budgets.list(orgId), prices.list(orgId)])
  return { tier: org && (await tiers.find(org.tierId)), budgets: orgBudgets, prices: orgPrices }
}

/** An answer also where the user has no tier, so that this is known for the next request too. */
async function loadUserTier(id: string, { users, tiers }: AccountStoreOptions): Promise<{ tier: Tier | undefined }> {
  const user = await users.find(id)
  return { tier: user && user.tierId !== null ? await tiers.find(user.tierId) : undefined }
}
