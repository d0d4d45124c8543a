import type { Gateway, GatewayStore } from './gateway-store.ts'

/** Gateways that are forgotten when the process ends. */
export function createMemoryGatewayStore(initial: readonly Gateway[] = []): GatewayStore {
  const keyOf = (orgId: string, id: string): string => JSON.stringify([orgId, id])
  const gateways = new Map(initial.map((gateway) => [keyOf(gateway.orgId, gateway.id), gateway]))
  const stamps = new Map<string, { createdAt: number; modifiedAt: number }>()
  return {
    stamps: async (orgId) =>
      new Map(
        [...gateways.values()].flatMap((gateway) => {
          const stamp = stamps.get(keyOf(orgId, gateway.id))
          return gateway.orgId === orgId && stamp ? [[gateway.id, stamp] as const] : []
        }),
      ),
    find: async (orgId, id) => gateways.get(keyOf(orgId, id)),
    list: async (orgId) =>
      [...gateways.values()]
        .filter((gateway) => gateway.orgId === orgId)
        .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    save: async ({ orgId, id, settings }, at) => {
      const { cacheGeneration = at } = gateways.get(keyOf(orgId, id)) ?? {}
      const { createdAt = at } = (gateways.has(keyOf(orgId, id)) && stamps.get(keyOf(orgId, id))) || {}
      stamps.set(keyOf(orgId, id), { createdAt, modifiedAt: at })
      gateways.set(keyOf(orgId, id), { orgId, id, settings, cacheGeneration })
    },
    purge: async (orgId, id, at) => {
      const gateway = gateways.get(keyOf(orgId, id))
      if (!gateway) return false
      const { cacheGeneration = 0 } = gateway
      gateways.set(keyOf(orgId, id), { ...gateway, cacheGeneration: Math.max(at, cacheGeneration + 1) })
      return true
    },
    remove: async (orgId, id) => gateways.delete(keyOf(orgId, id)),
  }
}
