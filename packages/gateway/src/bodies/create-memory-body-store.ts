import type { BodyPlace, BodyStore } from './body-store.ts'

/** Bodies that are forgotten when the process ends. */
export function createMemoryBodyStore(): BodyStore {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>()
  const keyOf = ({ orgId, logId }: BodyPlace): string => JSON.stringify([orgId, logId])
  return {
    put: async (place, bytes) => void kept.set(keyOf(place), bytes),
    get: async (place) => kept.get(keyOf(place)),
    remove: async (places) => {
      for (const place of places) kept.delete(keyOf(place))
    },
    removeBefore: async () => 0,
  }
}
