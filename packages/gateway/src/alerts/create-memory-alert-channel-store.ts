import type { AlertChannel, AlertChannelStore } from './alert-channel.ts'

/** Channels in memory; for tests. */
export function createMemoryAlertChannelStore(): AlertChannelStore {
  const channels = new Map<string, AlertChannel>()
  const find = (orgId: string | null, id: string): AlertChannel | undefined => {
    const channel = channels.get(id)
    return channel?.orgId === orgId ? channel : undefined
  }
  return {
    list: async (orgId) =>
      [...channels.values()]
        .filter((channel) => channel.orgId === orgId)
        .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
    find: async (orgId, id) => find(orgId, id),
    save: async (channel) => void channels.set(channel.id, channel),
    remove: async (orgId, id) => find(orgId, id) !== undefined && channels.delete(id),
  }
}
