import type { GatewayOptions } from '@gw/headers'
import type { GatewaySettings } from '../gateways/gateway-store.ts'
import type { Plan } from '../plan.ts'
import { isCacheableLeg } from './is-cacheable-leg.ts'

/** How a request uses the cache. */
export interface CachePolicy {
  ttlMs: number
  /** What the request says, or the key that stands for it. */
  content: { identity: readonly string[] } | { customKey: string }
}

/** For requests that bring a key of their own to a gateway whose cache is off, s. */
const ttlOfOwnKey = 300

/**
 * Whether and how a request uses the cache: `undefined` where it does not. On by the gateway's `cache_ttl` or the
 * request's own key; the request's TTL changes how long, and 0, or skipping, leave the cache alone. What only explains a
 * choice asks nobody.
 */
export function selectCachePolicy(
  { itinerary, identity, entries }: Pick<Plan, 'itinerary' | 'identity' | 'entries'>,
  options: GatewayOptions,
  { cache_ttl: ttlOfGateway }: GatewaySettings,
): CachePolicy | undefined {
  const ofEntries = entries?.map((entry) => entry.options) ?? []
  const all = [options, ...ofEntries]
  // What an entry of a universal request says wins over what the request says.
  const { cacheKey: customKey, cacheTtl = ttlOfGateway || ttlOfOwnKey } = ofEntries[0] ?? options
  const isOn = Boolean(ttlOfGateway) || customKey !== undefined
  if (!isOn || cacheTtl === 0 || all.some(({ skipCache, explain }) => skipCache || explain)) return undefined
  if (identity === undefined || !itinerary.named.every(isCacheableLeg)) return undefined
  return {
    ttlMs: 1000 * cacheTtl,
    content: customKey === undefined ? { identity: [...identity, itinerary.identity ?? ''] } : { customKey },
  }
}
