import type { OwnPrice, PriceStore } from './price-store.ts'

/** Prices in memory, for tests and for gateways with fixed ones. */
export function createMemoryPriceStore(initial: readonly OwnPrice[] = []): PriceStore {
  const prices = new Map(initial.map((price) => [price.id, price]))
  return {
    list: async (orgId) => [...prices.values()].filter((price) => price.orgId === orgId).toSorted(oldestFirst),
    add: async (price) => {
      if (prices.has(price.id)) throw new Error(`A price with id "${price.id}" exists.`)
      prices.set(price.id, price)
    },
    remove: async (orgId, id) => prices.get(id)?.orgId === orgId && prices.delete(id),
  }
}

const oldestFirst = (a: OwnPrice, b: OwnPrice): number => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)
