import type { FallbackRule } from '@gw/router'
import type { OtelExporter } from '../telemetry/otel-exporter.ts'
import type { RoutingSettings } from '../routing/routing-settings.ts'

/** A gateway of an organisation: the name in the URL, and what it is set to. */
export interface Gateway {
  orgId: string
  id: string
  settings: GatewaySettings
  /** Part of every key of the cache; a purge, and making the gateway anew, raise it. Default 0. */
  cacheGeneration?: number
}

/** Defaults for requests that say nothing themselves; names as in Cloudflare's management API. */
export interface GatewaySettings {
  retry_max_attempts?: number | undefined
  retry_delay?: number | undefined
  retry_backoff?: 'constant' | 'linear' | 'exponential' | undefined
  collect_logs?: boolean | undefined
  /** Whether requests and answers are kept beside their rows, where there is a place for them. Default true. */
  collect_log_payload?: boolean | undefined
  /** Requests that the gateway takes within the interval, of everyone together. */
  rate_limiting_limit?: number | null | undefined
  /** Seconds. */
  rate_limiting_interval?: number | null | undefined
  rate_limiting_technique?: 'fixed' | 'sliding' | null | undefined
  /** Whether a free Workers AI model may answer where no key is valid. Default true. */
  free_fallback?: boolean | undefined
  /** What becomes of an answer whose caller leaves: it is read to its usage event (default), or cancelled at once. */
  on_client_gone?: 'drain' | 'cancel' | undefined
  /** What becomes of a stream that breaks off after real output: an error event (default), or another target goes on. */
  on_stream_error?: 'error' | 'continue' | undefined
  /** What Workers AI costs past the day's free neurons: its price (default), or an error. */
  neurons_past_limit?: 'paid' | 'error' | undefined
  /** How long answers are kept for equal requests, seconds; 0 and `null` (default) keep none. */
  cache_ttl?: number | null | undefined
  /** Whether, and from which similarity on, an answer to a request that is alike will do. Default not. */
  semantic_cache?: { threshold?: number | undefined } | null | undefined
  /** Whether any change of the settings purges the cache. */
  cache_invalidate_on_update?: boolean | undefined
  /** Where spans and metrics go. */
  otel?: readonly OtelExporter[] | null | undefined
  /** Whether rows are pushed to the bucket for logs, where there is one. Default not. */
  logpush?: boolean | undefined
  /** How a target is chosen where callers leave it to the gateway. */
  routing?: RoutingSettings | undefined
  /** What Cloudflare's management API was told and gw has no use for; it is given back there. */
  cloudflare?: Readonly<Record<string, unknown>> | undefined
  /** Where a request goes after a failure; the first rule that names it holds. */
  fallbacks?: readonly FallbackRule[] | undefined
}

/** Where gateways are kept. */
export interface GatewayStore {
  find(orgId: string, id: string): Promise<Gateway | undefined>
  /** When the organisation's gateways were made and last changed, by id, ms since the epoch. */
  stamps(orgId: string): Promise<ReadonlyMap<string, { createdAt: number; modifiedAt: number }>>
  /** The organisation's gateways, in the order of their ids. */
  list(orgId: string): Promise<Gateway[]>
  /**
   * Makes a gateway, or replaces its settings; what is purged stays purged. `at` is now, ms since the epoch.
   */
  save(gateway: Omit<Gateway, 'cacheGeneration'>, at: number): Promise<void>
  /** Raises the gateway's cache generation. False when the organisation has no such gateway. */
  purge(orgId: string, id: string, at: number): Promise<boolean>
  /** False when the organisation has no such gateway. */
  remove(orgId: string, id: string): Promise<boolean>
}
