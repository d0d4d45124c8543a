/** A gateway of an organisation: the name in the URL, and what it is set to. */
export interface Gateway {
  orgId: string
  id: string
  settings: GatewaySettings
}

/** Defaults for requests that say nothing themselves; names as in Cloudflare's management API. */
export interface GatewaySettings {
  retry_max_attempts?: number | undefined
  retry_delay?: number | undefined
  retry_backoff?: 'constant' | 'linear' | 'exponential' | undefined
  collect_logs?: boolean | undefined
  /** Requests that the gateway takes within the interval, of everyone together. */
  rate_limiting_limit?: number | null | undefined
  /** Seconds. */
  rate_limiting_interval?: number | null | undefined
  rate_limiting_technique?: 'fixed' | 'sliding' | null | undefined
  /** Whether a free Workers AI model may answer where no key is valid. Default true. */
  free_fallback?: boolean | undefined
  /** What becomes of an answer whose caller leaves: it is read to its usage event (default), or cancelled at once. */
  on_client_gone?: 'drain' | 'cancel' | undefined
  /** What Workers AI costs past the day's free neurons: its price (default), or an error. */
  neurons_past_limit?: 'paid' | 'error' | undefined
}

/** Where gateways are kept. */
export interface GatewayStore {
  find(orgId: string, id: string): Promise<Gateway | undefined>
  /** The organisation's gateways, in the order of their ids. */
  list(orgId: string): Promise<Gateway[]>
  /** Makes a gateway, or replaces its settings. `at` is now, ms since the epoch. */
  save(gateway: Gateway, at: number): Promise<void>
  /** False when the organisation has no such gateway. */
  remove(orgId: string, id: string): Promise<boolean>
}
