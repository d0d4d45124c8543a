import type { Generated } from 'kysely'

/** The tables as `migrations/` makes them. JSON columns hold text; times are ms since the epoch. */
export interface Database {
  orgs: { id: string; name: string; created_at: number }
  gateways: { org_id: string; id: string; settings: Generated<string>; created_at: number; modified_at: number }
  gateway_keys: {
    id: string
    org_id: string
    user_id: string | null
    name: string
    hash: string
    last_four: string
    created_at: number
    revoked_at: number | null
  }
  request_logs: RequestLogRow
  request_attempts: RequestAttemptRow
}

export interface RequestLogRow {
  id: string
  org_id: string
  user_id: string | null
  gateway_id: string
  gateway_key_id: string
  event_id: string
  created_at: number
  surface: string
  path: string
  requested_model: string | null
  provider: string | null
  model: string | null
  stream: number
  status_code: number
  success: number
  error_type: string | null
  ending: string
  step: number
  cache_status: string | null
  duration_ms: number
  ttft_ms: number | null
  usage: string
  usage_source: string
  cost_nano_usd: number | null
  bill: string
  price_version: string | null
  key_source: string | null
  metadata: string
  warnings: string
  feedback: number | null
  score: number | null
}

export interface RequestAttemptRow {
  request_id: string
  attempt: number
  step: number
  provider: string
  model: string | null
  status_code: number | null
  error_type: string | null
  error_code: string | null
  key_source: string | null
  started_at: number
  duration_ms: number
}
