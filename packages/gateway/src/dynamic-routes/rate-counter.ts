import type { RateStop } from '@gw/router'
import type { Counter } from '../ledger/ledger.ts'

/** Longer values are counted under their digests. */
const longestBucket = 200

/** The counter of a limit, for the value of its key that a request has. USD are counted in nano-USD. */
export async function rateCounter(
  { element, limitType, bucketKey, limit, windowSeconds, technique }: RateStop,
  route: readonly string[],
): Promise<Counter> {
  const bucket = bucketKey.length > longestBucket ? await digestOf(bucketKey) : bucketKey
  return {
    id: JSON.stringify([...route, element.id, bucket]),
    limit: limitType === 'cost' ? Math.round(limit * 1e9) : limit,
    window: { kind: technique, ms: windowSeconds * 1000 },
    isHard: true,
  }
}

async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
