import type { HeaderReader } from './header-reader.ts'

/** What a provider's headers say about one of its limits. */
export interface RateLimit {
  limit?: number
  remaining?: number
  /** Ms until the limit is whole again. */
  resetMs?: number
}

/** The limits that a provider reported with an answer, by what they count. */
export interface RateLimits {
  requests?: RateLimit
  tokens?: RateLimit
}

/** What vendors call their counts; those with a window have one limit for each. */
const names = {
  requests: [
    'requests',
    ...['10-second', 'minute', 'hour', 'day', 'month'].flatMap((window) => [`requests-${window}`, `req-${window}`]),
  ],
  tokens: [
    'tokens',
    'input-tokens',
    'output-tokens',
    ...['minute', 'hour', 'day', 'month'].map((window) => `tokens-${window}`),
  ],
} as const

/**
 * Reads the vendors' rate-limit headers into one shape; where a vendor has several limits, the one of which least is left.
 * `now` is ms since the epoch, for vendors that name a moment and not a duration.
 */
export function readRateLimits(headers: HeaderReader, now: number): RateLimits {
  const requests = readTightest(headers, names.requests, now) ?? readOthers(headers, now)
  const tokens = readTightest(headers, names.tokens, now)
  return { ...(requests && { requests }), ...(tokens && { tokens }) }
}

function readTightest(headers: HeaderReader, whats: readonly string[], now: number): RateLimit | undefined {
  const limits = whats.map((what) => readOne(headers, what, now)).filter((limit) => limit !== undefined)
  const left = ({ remaining = Infinity }: RateLimit): number => remaining
  return limits.toSorted((a, b) => (left(a) === left(b) ? 0 : left(a) - left(b)))[0]
}

function readOne(headers: HeaderReader, what: string, now: number): RateLimit | undefined {
  const read = (field: string): string | null =>
    headers.get(`x-ratelimit-${field}-${what}`) ?? headers.get(`anthropic-ratelimit-${what}-${field}`)
  return toRateLimit({ limit: read('limit'), remaining: read('remaining'), reset: read('reset') }, now)
}

/** Names that don't say what they count (the draft standard's, OpenRouter's, Replicate's), and Cohere's. */
function readOthers(headers: HeaderReader, now: number): RateLimit | undefined {
  const read = (field: string): string | null =>
    headers.get(`x-ratelimit-${field}`) ??
    headers.get(`ratelimit-${field}`) ??
    headers.get(`x-trial-endpoint-call-${field}`)
  const limit = read('limit') ?? headers.get('x-endpoint-monthly-call-limit')
  return toRateLimit({ limit, remaining: read('remaining'), reset: read('reset') }, now)
}

function toRateLimit(
  raw: { limit: string | null; remaining: string | null; reset: string | null },
  now: number,
): RateLimit | undefined {
  const limit = toNumber(raw.limit)
  const remaining = toNumber(raw.remaining)
  const resetMs = raw.reset === null ? undefined : toDuration(raw.reset, now)
  if (limit === undefined && remaining === undefined && resetMs === undefined) return undefined
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(resetMs !== undefined && { resetMs }),
  }
}

function toNumber(value: string | null): number | undefined {
  const number = value === null || value === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : undefined
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `12ms`, `6m0s`, `17.399s`, plain seconds, ms since the epoch, or an RFC 3339 moment. */
function toDuration(value: string, now: number): number | undefined {
  const number = toNumber(value)
  if (number !== undefined) return number > 1e12 ? Math.max(0, number - now) : number * 1000
  const moment = Date.parse(value)
  if (!Number.isNaN(moment)) return Math.max(0, moment - now)
  const parts = [...value.matchAll(/([\d.]+)(ms|s|m|h|d)/g)]
  if (parts.length === 0) return undefined
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitMs[unit ?? ''] ?? 0), 0)
}
