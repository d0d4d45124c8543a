import type { Answer } from '../../api/admin-api.ts'

export type GatewaySettings = Answer<'GET /gateways'>['data'][number]['settings']

/** What the form shows of a gateway's settings; numbers are texts while they are entered. */
export interface GatewayForm {
  collect_logs: boolean
  collect_log_payload: boolean
  cache_ttl: string
  rate_limiting_limit: string
  rate_limiting_interval: string
  retry_max_attempts: string
  free_fallback: boolean
  on_client_gone: 'drain' | 'cancel'
  on_stream_error: 'error' | 'continue'
  neurons_past_limit: 'paid' | 'error'
}

/** Settings as the form shows them; what is not set is as it is by default. */
export function toForm(settings: GatewaySettings): GatewayForm {
  return {
    collect_logs: settings.collect_logs ?? true,
    collect_log_payload: settings.collect_log_payload ?? true,
    cache_ttl: String(settings.cache_ttl || ''),
    rate_limiting_limit: String(settings.rate_limiting_limit || ''),
    rate_limiting_interval: String(settings.rate_limiting_interval || ''),
    retry_max_attempts: String(settings.retry_max_attempts ?? ''),
    free_fallback: settings.free_fallback ?? true,
    on_client_gone: settings.on_client_gone ?? 'drain',
    on_stream_error: settings.on_stream_error ?? 'error',
    neurons_past_limit: settings.neurons_past_limit ?? 'paid',
  }
}

/** Settings after the form; what it does not show stays. */
export function toSettings(before: GatewaySettings, form: GatewayForm): GatewaySettings {
  const { cache_ttl, rate_limiting_limit, rate_limiting_interval, retry_max_attempts, ...rest } = form
  const { retry_max_attempts: _, ...others } = before
  return {
    ...others,
    ...rest,
    cache_ttl: toNumber(cache_ttl),
    rate_limiting_limit: toNumber(rate_limiting_limit),
    rate_limiting_interval: toNumber(rate_limiting_interval),
    ...(retry_max_attempts !== '' && { retry_max_attempts: Number(retry_max_attempts) }),
  }
}

function toNumber(text: string): number | null {
  return text.trim() === '' ? null : Number(text)
}
