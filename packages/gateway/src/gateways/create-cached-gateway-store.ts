import type { Gateway, GatewayStore } from './gateway-store.ts'

export interface GatewayCacheOptions {
  now(): number
  /** How long a gateway's settings may be used, ms. Default 10 s. */
  ttlMs?: number
}

/** Keeps found gateways in memory, so that a warm isolate awaits no storage for them. */
export function createCachedGatewayStore(store: GatewayStore, options: GatewayCacheOptions): GatewayStore {
  const { now, ttlMs = 10_000 } = options
  const cache = new Map<string, { gateway: Gateway; until: number }>()
  return {
    find: async (orgId, id) => {
      const key = JSON.stringify([orgId, id])
      const cached = cache.get(key)
      if (cached && cached.until > now()) return cached.gateway
      const gateway = await store.find(orgId, id)
      if (gateway) cache.set(key, { gateway, until: now() + ttlMs })
      return gateway
    },
  }
}
