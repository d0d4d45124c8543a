import type { ErrorType } from './error-types.ts'

/** What a gateway's answer says about itself; a field is absent where its header is absent or unreadable. */
export interface ResponseMeta {
  /** Id of the log row. */
  logId?: string
  /** The caller's event id, echoed. */
  eventId?: string
  /** Id under which a broken stream can be resumed. */
  runId?: string
  requestId?: string
  /** Index of the target that answered, from 0. */
  step?: number
  cacheStatus?: 'HIT' | 'MISS'
  provider?: string
  model?: string
  /** The model that was asked for, where another one answers in its place. */
  requestedModel?: string
  /** Upstream calls made. */
  attempts?: number
  /** Whose secret was used. */
  keySource?: string
  /** USD. */
  cost?: number
  /** What the target could not express and was dropped. */
  warnings?: string[]
  /** What this gateway can do beyond Cloudflare's: `resume` stands for runs of every provider that can be resumed. */
  capabilities?: string[]
  /** Type of the error that the answer reports. */
  error?: ErrorType
  /** What Cloudflare's data-loss prevention found: `findings` and an `action`, FLAG or BLOCK. */
  dlp?: Record<string, unknown>
  /** Model that Cloudflare's Auto Router chose, and why. */
  routedModel?: string
  routingReason?: string
  routingDecisionId?: string
  /** Seconds to wait; absent where the answer names a date. */
  retryAfter?: number
}
