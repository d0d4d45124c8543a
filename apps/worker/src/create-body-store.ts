import type { BodyPlace, BodyStore } from '@gw/gateway'

/** Bodies in R2, by day, so that a day can be removed as a whole. */
export function createBodyStore(bucket: R2Bucket): BodyStore {
  return {
    put: async (place, bytes) => {
      await bucket.put(keyOf(place), bytes)
    },
    get: async (place) => {
      const found = await bucket.get(keyOf(place))
      return found ? new Uint8Array(await found.arrayBuffer()) : undefined
    },
    remove: async (places) => {
      if (places.length > 0) await bucket.delete(places.map(keyOf))
    },
    removeBefore: async (at) => {
      const { delimitedPrefixes } = await bucket.list({ prefix: 'bodies/', delimiter: '/' })
      const oldest = delimitedPrefixes.toSorted().find((prefix) => prefix < `bodies/${dayOf(at)}/`)
      if (oldest === undefined) return 0
      const { objects } = await bucket.list({ prefix: oldest })
      await bucket.delete(objects.map(({ key }) => key))
      return objects.length
    },
  }
}

/** Ids of rows begin with their time (UUID version 7). */
function keyOf({ orgId, logId }: BodyPlace): string {
  const madeAt = Number.parseInt(logId.replaceAll('-', '').slice(0, 12), 16)
  return `bodies/${dayOf(madeAt)}/${orgId}/${logId}`
}

function dayOf(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString().slice(0, 10)
}
