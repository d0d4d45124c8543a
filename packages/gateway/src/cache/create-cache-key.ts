import type { CacheKey } from './cache-key.ts'

/** Whose answers they are. Nothing crosses from one scope to another. */
export interface CacheScope {
  orgId: string
  gatewayId: string
  /** Of the gateway; a purge begins a new one. */
  generation: number
  /** The caller's own upstream secrets, in the order of the legs. */
  secrets: readonly string[]
  /** Whose provider keys of their own are used; `null` where answers are for everyone who uses the gateway. */
  userId: string | null
}

/** What was asked. */
export interface CacheSubject {
  /** The way in: answers differ in format. */
  surface: string
  /** What a custom key does not replace: whether it is a stream, and what the caller lets the router choose. */
  form: readonly string[]
  /** What the request says, or the key that stands for it. */
  content: { identity: readonly string[] } | { customKey: string }
}

/** Changed with whatever changes what keys are made of, so that no old answer is found by a new key. */
const version = 'gw-cache-1'

/** The key of a request's answer: a hash of all that makes it this caller's and this request's. */
export async function createCacheKey(scope: CacheScope, { surface, form, content }: CacheSubject): Promise<CacheKey> {
  const { orgId, gatewayId, generation, userId } = scope
  const secrets = await Promise.all(scope.secrets.map((secret) => hash([[version, 'secret', secret]])))
  const said = 'customKey' in content ? ['key', content.customKey] : ['identity', ...content.identity]
  const variant = await hash([
    [version, 'variant', orgId, gatewayId, String(generation)],
    userId === null ? [] : [userId],
    secrets,
    [surface, ...form],
    said,
  ])
  const place = 'customKey' in content ? await hash(placeOf(scope, content.customKey)) : variant
  return toKey({ orgId, place, variant })
}

/** The place of everything that is kept under a custom key, whoever's and whatever surface's it is. */
export async function createPlaceKey(
  scope: Pick<CacheScope, 'orgId' | 'gatewayId' | 'generation'>,
  customKey: string,
): Promise<CacheKey> {
  const place = await hash(placeOf(scope, customKey))
  return toKey({ orgId: scope.orgId, place, variant: place })
}

/** The key of an answer that was kept under the same tenant, and is its own place. */
export function recallCacheKey({ orgId }: CacheKey, variant: string): CacheKey {
  return toKey({ orgId, place: variant, variant })
}

function placeOf(
  { orgId, gatewayId, generation }: Pick<CacheScope, 'orgId' | 'gatewayId' | 'generation'>,
  customKey: string,
): string[][] {
  return [[version, 'place', orgId, gatewayId, String(generation), customKey]]
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the mark is a promise of this file alone
const toKey = (key: Pick<CacheKey, 'orgId' | 'place' | 'variant'>): CacheKey => key as CacheKey

/** SHA-256 of lists of texts, in which every length is said before: no two lists give the same bytes. */
async function hash(lists: readonly (readonly string[])[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encode(lists))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Room for a length. */
const lengthBytes = 4

function encode(lists: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const encoded = lists.map((list) => list.map((text) => encoder.encode(text)))
  const size = encoded
    .flat()
    .reduce((sum, { byteLength }) => sum + lengthBytes + byteLength, lengthBytes * lists.length)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  let at = 0
  const putLength = (length: number): void => {
    view.setUint32(at, length)
    at += lengthBytes
  }
  for (const list of encoded) {
    putLength(list.length)
    for (const text of list) {
      putLength(text.byteLength)
      bytes.set(text, at)
      at += text.byteLength
    }
  }
  return bytes
}
