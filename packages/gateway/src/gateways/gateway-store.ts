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
}

/** Where gateways are kept. */
export interface GatewayStore {
  find(orgId: string, id: string): Promise<Gateway | undefined>
}
