import type { CacheControl } from '../../chat.ts'
import { objectOf, type JsonObject } from '../../json.ts'

/** The `cache_control` of a block, tool or message part. */
export function readCacheControl(block: JsonObject): { cache_control?: CacheControl } {
  const control = objectOf(block['cache_control'])
  if (control?.['type'] !== 'ephemeral') return {}
  const ttl = (['5m', '1h'] as const).find((known) => known === control['ttl'])
  return { cache_control: { type: 'ephemeral', ...(ttl && { ttl }) } }
}
