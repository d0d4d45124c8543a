import type { Gateway } from '../gateways/gateway-store.ts'
import type { Counter } from '../ledger/ledger.ts'
import type { Tier } from '../people/tier-store.ts'

const minute = { kind: 'fixed', ms: 60_000 } as const

/** What a tier allows in requests. */
export function requestCounters({ requestsPerDay, requestsPerMinute }: Tier): Counter[] {
  return [
    ...(requestsPerDay === null ? [] : [hard('requests_per_day', requestsPerDay, { kind: 'day' })]),
    ...(requestsPerMinute === null ? [] : [hard('requests_per_minute', requestsPerMinute, minute)]),
  ]
}

/** What a tier allows in tokens. */
export function tokenCounters({ tokensPerMinute }: Tier): Counter[] {
  return tokensPerMinute === null ? [] : [hard('tokens_per_minute', tokensPerMinute, minute)]
}

/**
 * A gateway's own limit for everyone who uses it.
 * @see https://developers.cloudflare.com/ai-gateway/configuration/rate-limiting/
 */
export function gatewayCounters({ settings }: Gateway): Counter[] {
  const { rate_limiting_limit: limit, rate_limiting_interval: seconds, rate_limiting_technique: kind } = settings
  if (!limit || !seconds) return []
  return [hard('gateway_requests', limit, { kind: kind ?? 'fixed', ms: seconds * 1000 })]
}

const hard = (id: string, limit: number, window: Counter['window']): Counter => ({ id, limit, window, isHard: true })
