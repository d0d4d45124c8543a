import type { Generated } from 'kysely'
import type { AlertTables } from './alert-tables.ts'

/** The tables as `migrations/` makes them. JSON columns hold text; times are ms since the epoch. */
export interface Database extends AlertTables {
  orgs: { id: string; name: string; tier_id: Generated<string>; created_at: number }
  tiers: {
    id: string
    name: string
    requests_per_day: number | null
    requests_per_minute: number | null
    tokens_per_minute: number | null
  }
  users: { id: string; email: string; name: string; tier_id: string | null; created_at: number }
  memberships: { org_id: string; user_id: string; role: string; created_at: number }
  gateways: {
    org_id: string
    id: string
    settings: Generated<string>
    created_at: number
    modified_at: number
    cache_generation: Generated<number>
  }
  gateway_keys: {
    id: string
    org_id: string
    user_id: string | null
    name: string
    hash: string
    last_four: string
    created_at: number
    revoked_at: number | null
    expires_at: number | null
    scopes: Generated<string>
    last_used_at: number | null
    previous_hash: string | null
    previous_until: number | null
  }
  provider_keys: ProviderKeyRow
  request_logs: RequestLogRow
  request_attempts: RequestAttemptRow
  usage_hourly: UsageHourlyRow
  usage_daily: Omit<UsageHourlyRow, 'hour'> & { day: number }
  usage_metadata_hourly: UsageMetadataRow & { hour: number }
  usage_metadata_daily: UsageMetadataRow & { day: number }
  usage_rebuilds: {
    id: Generated<number>
    org_id: string
    from_hour: number
    to_hour: number
    from_id: string
    to_id: string
    rebuilt_at: number
  }
  log_retention: { id: number; deleted_before: number }
  budgets: {
    id: string
    org_id: string
    name: string
    scope: string
    scope_id: string | null
    period: string
    limit_nano_usd: number
    mode: string
    created_at: number
    disabled_at: number | null
  }
  price_overrides: {
    id: string
    org_id: string
    provider: string
    model: string
    prices: string
    valid_from: number
    created_at: number
  }
  routes: {
    id: string
    org_id: string
    gateway_id: string
    name: string
    created_at: number
    modified_at: number
  }
  route_versions: RouteVersionRow
  route_deployments: { route_id: string; number: number; id: string; version_id: string; created_at: number }
  sign_ins: { user_id: string; password_hash: string | null; is_operator: number; updated_at: number }
  sessions: {
    id: string
    user_id: string | null
    token_hash: string
    previous_hash: string | null
    csrf_token: string
    created_at: number
    rotated_at: number
    expires_at: number
  }
  invitations: {
    id: string
    user_id: string
    token_hash: string
    created_at: number
    expires_at: number
    used_at: number | null
  }
  audit_log: {
    org_id: string
    id: string
    created_at: number
    actor_kind: string
    actor_id: string | null
    actor_name: string
    action: string
    path: string
    subject: string | null
    changes: string
    status: number
  }
  idempotency_keys: { id: string; fingerprint: string; answer: string | null; created_at: number }
  alert_events: {
    id: string
    org_id: string | null
    kind: string
    subject: string
    message: string
    created_at: number
  }
}

export interface RouteVersionRow {
  id: string
  route_id: string
  number: number
  elements: string
  is_valid: number
  created_at: number
}

export interface ProviderKeyRow {
  id: string
  level: string
  org_id: string | null
  user_id: string | null
  tier_id: string | null
  provider_id: string
  alias: string
  name: string
  weight: number
  last_four: string
  master_key_version: string
  sealed_data_key: string
  sealed_text: string
  created_at: number
  updated_at: number
  disabled_at: number | null
  rejection: string | null
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
  charged_nano_usd: number | null
  milli_neurons: number | null
  bill: string
  price_version: string | null
  key_source: string | null
  provider_key_id: string | null
  unchecked: number
  metadata: string
  warnings: string
  routing: string | null
  feedback: number | null
  score: number | null
  repriced_at: number | null
  previous_cost_nano_usd: number | null
  saved_nano_usd: number | null
  saved_ms: number | null
}

/** Filled by triggers on `request_logs`. `usage-columns.ts` has the columns of the histograms. */
export interface UsageHourlyRow {
  hour: number
  org_id: string
  gateway_id: string
  gateway_key_id: string
  user_id: string
  provider: string
  model: string
  key_source: string
  provider_key_id: string
  error_type: string
  cache_status: string
  requests: number
  unchecked: number
  unpriced: number
  input_tokens: number
  output_tokens: number
  cost_nano_usd: number
  charged_nano_usd: number
  milli_neurons: number
  duration_ms: number
  saved_nano_usd: number
  saved_ms: number
  errors: number
  ttft_requests: number
}

/** Filled by triggers too. */
export interface UsageMetadataRow {
  org_id: string
  gateway_id: string
  key: string
  value: string
  requests: number
  errors: number
  cached: number
  unchecked: number
  unpriced: number
  input_tokens: number
  output_tokens: number
  cost_nano_usd: number
  milli_neurons: number
  saved_nano_usd: number
  saved_ms: number
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
  provider_key_id: string | null
  usage: string
  usage_source: string
  cost_nano_usd: number | null
  started_at: number
  duration_ms: number
}
