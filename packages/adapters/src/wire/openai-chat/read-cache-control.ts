import type { CacheControl } from '../../chat.ts'
import { objectOf, type JsonObject } from '../../json.ts'

/** Anthropic's cache breakpoint, which callers of this format put on parts and messages. */
export function readCacheControl(owner: JsonObject): { cache_control?: CacheControl } {
  const control = objectOf(owner['cache_control'])
  if (control?.['type'] !== 'ephemeral') return {}
  const ttl = (['5m', '1h'] as const).find((known) => known === control['ttl'])
  return { cache_control: { type: 'ephemeral', ...(ttl && { ttl }) } }
}
