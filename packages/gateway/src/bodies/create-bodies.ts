import type { SealedBytes, Vault } from '@gw/keys'
import * as z from 'zod'
import type { BodyPlace, BodyStore, KeptBodies } from './body-store.ts'

/** Bodies of requests and answers, sealed where there is something to seal them with. */
export interface Bodies {
  put(place: BodyPlace, bodies: KeptBodies): Promise<void>
  get(place: BodyPlace): Promise<KeptBodies | undefined>
  /** At most a thousand at once. */
  remove(places: readonly BodyPlace[]): Promise<void>
  removeBefore(at: number): Promise<number>
}

const kept = z.object({
  request: z.string().nullable(),
  response: z.string().nullable(),
  responseType: z.string().nullable(),
  isCut: z.boolean(),
})
const head = z.object({ version: z.string(), dataKey: z.string() })

/** One line of JSON says how the rest is sealed; an empty one that it is not. */
const newline = 10

/** @throws VaultError where kept bodies cannot be opened */
export function createBodies({ store, vault }: { store: BodyStore; vault: Vault | undefined }): Bodies {
  const contextOf = ({ orgId, logId }: BodyPlace) => ({ orgId, recordId: `bodies:${logId}` })
  return {
    put: async (place, bodies) => {
      const bytes = Uint8Array.from(new TextEncoder().encode(JSON.stringify(bodies)))
      const sealed = await vault?.sealBytes(bytes, contextOf(place))
      await store.put(place, sealed ? frame(sealed) : join(new Uint8Array([newline]), bytes))
    },
    get: async (place) => {
      const stored = await store.get(place)
      if (!stored) return undefined
      const end = stored.indexOf(newline)
      const first = new TextDecoder().decode(stored.subarray(0, end))
      const rest = stored.slice(end + 1)
      const bytes =
        first === ''
          ? rest
          : await vault?.openBytes({ ...head.parse(JSON.parse(first)), bytes: rest }, contextOf(place))
      return bytes && kept.parse(JSON.parse(new TextDecoder().decode(bytes)))
    },
    remove: (places) => store.remove(places),
    removeBefore: (at) => store.removeBefore(at),
  }
}

function frame({ bytes, ...sealed }: SealedBytes): Uint8Array<ArrayBuffer> {
  return join(new TextEncoder().encode(`${JSON.stringify(sealed)}\n`), bytes)
}

function join(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(one.byteLength + other.byteLength)
  bytes.set(one)
  bytes.set(other, one.byteLength)
  return bytes
}
