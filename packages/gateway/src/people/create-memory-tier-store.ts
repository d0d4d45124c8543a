import type { Tier, TierStore } from './tier-store.ts'

/** The tiers that every gateway begins with. */
export const seedTiers: readonly Tier[] = [
  tier('FREE', 'Free', 10),
  tier('PERSONAL', 'Personal', 100),
  tier('PROFESSIONAL', 'Professional', 1000),
  tier('BUSINESS', 'Business', null),
]

/** Tiers that are forgotten when the process ends; `isUsed` says whether somebody has one. */
export function createMemoryTierStore(
  initial: readonly Tier[] = seedTiers,
  isUsed: (id: string) => Promise<boolean> = async () => false,
): TierStore {
  const tiers = new Map(initial.map((tier) => [tier.id, tier]))
  return {
    find: async (id) => tiers.get(id),
    list: async () => [...tiers.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    add: async (tier) => {
      if (tiers.has(tier.id)) throw new Error(`A tier with id "${tier.id}" exists.`)
      tiers.set(tier.id, tier)
    },
    update: async (id, change) => {
      const tier = tiers.get(id)
      if (!tier) return false
      tiers.set(id, { ...tier, ...change })
      return true
    },
    remove: async (id) => {
      if (!tiers.has(id)) return 'not_found'
      if (await isUsed(id)) return 'in_use'
      tiers.delete(id)
      return 'removed'
    },
  }
}

function tier(id: string, name: string, requestsPerDay: number | null): Tier {
  return { id, name, requestsPerDay, requestsPerMinute: null, tokensPerMinute: null }
}
