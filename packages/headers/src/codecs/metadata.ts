import type { Codec } from '../codec.ts'
import { isJsonObject, jsonObject } from './json-object.ts'

/** What a metadata entry can hold. A bigint is written as a string of digits and read back as that string. */
export type MetadataValue = string | number | boolean | bigint | null

/** Flat facts that travel with a request into its log row. */
export type Metadata = Record<string, MetadataValue>

const maxEntries = 5

function isEntry(entry: [string, unknown]): entry is [string, MetadataValue] {
  const [key, value] = entry
  if (key.startsWith('cf.')) return false
  return typeof value === 'number' ? Number.isFinite(value) : value === null || /^[sb]/.test(typeof value)
}

/** @see https://developers.cloudflare.com/ai-gateway/observability/custom-metadata/ */
export const metadata: Codec<Metadata> = {
  ...jsonObject,
  limit: `an object of at most ${maxEntries} strings, numbers or booleans, no key starting with cf.`,
  accepts: (value): value is Metadata =>
    isJsonObject(value) && Object.keys(value).length <= maxEntries && Object.entries(value).every(isEntry),
  repair: (value) =>
    isJsonObject(value) ? Object.fromEntries(Object.entries(value).filter(isEntry).slice(0, maxEntries)) : undefined,
}
