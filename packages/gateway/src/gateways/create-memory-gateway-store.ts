import type { Gateway, GatewayStore } from './gateway-store.ts'

/** A fixed set of gateways. */
export function createMemoryGatewayStore(gateways: readonly Gateway[]): GatewayStore {
  return { find: async (orgId, id) => gateways.find((gateway) => gateway.orgId === orgId && gateway.id === id) }
}
