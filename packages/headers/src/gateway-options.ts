import type { CustomCost } from './codecs/custom-cost.ts'
import type { Metadata } from './codecs/metadata.ts'

/** How often and how patiently the gateway tries one target. */
export interface RetryOptions {
  /** Attempts per target, 1–5. */
  maxAttempts?: number
  /** Milliseconds before the second attempt, 0–60,000. */
  retryDelayMs?: number
  /** How the delay grows: d, d·n or d·2ⁿ⁻¹. */
  backoff?: 'constant' | 'linear' | 'exponential'
}

/**
 * Everything that request headers can ask of a gateway; named as in Cloudflare's published clients where they have a name.
 *
 * @see https://developers.cloudflare.com/ai-gateway/glossary/
 */
export interface GatewayOptions {
  /** Gateway key, without `Bearer`. Blank or `undefined`: no header. */
  authorization?: string | undefined
  /** Gateway to use on the REST API, up to 64 characters. */
  gatewayId?: string
  /** At most five flat entries for the log row. */
  metadata?: Metadata
  /** Seconds to keep a cached answer: 60–2,592,000, or 0 for no caching. */
  cacheTtl?: number
  /** Answer from the provider although a cached answer exists. */
  skipCache?: boolean
  /** Own cache key; switches caching on for the request. */
  cacheKey?: string
  /** Keep a log row. */
  collectLog?: boolean
  /** Keep the bodies in the log row; the gateway's default is `true`. */
  collectLogPayload?: boolean
  /** Own id that groups log rows; echoed. */
  eventId?: string
  /** Milliseconds to the first byte of an attempt. */
  requestTimeoutMs?: number
  /** Retries per target. */
  retries?: RetryOptions
  /** Own price in place of the catalog's. */
  customCost?: CustomCost
  /** Which of the provider's stored secrets to use. */
  byokAlias?: string
  /** Only providers with zero data retention. */
  zdr?: boolean
  /** Never pay with the gateway's own credits. */
  noWholesale?: boolean
  /** OpenTelemetry trace id, 32 hex digits. */
  otelTraceId?: string
  /** OpenTelemetry span id of the parent, 16 hex digits. */
  otelParentSpanId?: string
  /** Conversation; `auto` routing stays with a model within it. */
  sessionId?: string
  /** Turn of a conversation; a turn keeps its model. */
  turnId?: string
  /** Choose afresh although the session has a model. */
  noSessionAffinity?: boolean
  /** Models that `auto` routing may choose from. */
  allowedModels?: string[]
  /** Providers that `auto` routing may choose from. */
  allowedProviders?: string[]
  /** Workers AI's key for prompt-prefix caching. */
  sessionAffinity?: string
  /** What a model must satisfy to be chosen; the gateway checks the names, such as `max_price` and `capabilities`. */
  constraints?: Record<string, unknown>
  /** Whether a free Workers AI model may answer when nothing else can. */
  freeFallback?: boolean
  /** Answer with the routing decision. */
  explain?: boolean
  /** Have another model go on with a stream that breaks off. */
  continueStream?: boolean
  /** Detach a streamed answer from its caller, so that it can be resumed by its run id. */
  resumable?: boolean
}

/** The options with `retries` spread out: one key per header. */
export type FlatOptions = Omit<GatewayOptions, 'retries'> & RetryOptions
