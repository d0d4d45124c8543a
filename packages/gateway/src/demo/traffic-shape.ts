import type { ErrorType } from '@gw/headers'
import type { LogRecord } from '../logs/log-record.ts'

/** A model, as made-up traffic uses it. */
export interface TrafficModel {
  provider: string
  model: string
  weight: number
  /** Nano-USD per token; `null` for a model of which nobody knows the price. */
  price: { input: number; output: number } | null
  /** Medians. */
  inputTokens: number
  outputTokens: number
  ttftMs: number
  tokensPerSecond: number
  milliNeuronsPerToken?: number
  providerKeyId: string | null
}

/** Somebody who calls. */
export interface TrafficCaller {
  weight: number
  orgId: string
  gatewayId: string
  gatewayKeyId: string
  userId: string | null
  models: readonly TrafficModel[]
  /** Shares, 0–1. */
  streams: number
  cached: number
  failed: number
  metadata: readonly { weight: number; entries: LogRecord['metadata'] }[]
}

/** A time in which a provider fails often. */
export interface TrafficIncident {
  provider: string
  /** Shares of the whole period, 0–1. */
  from: number
  to: number
  failed: number
}

export interface TrafficShape {
  callers: readonly TrafficCaller[]
  incidents: readonly TrafficIncident[]
}

/** What goes wrong, and how often compared with the rest. */
export const trafficErrors: readonly { weight: number; type: ErrorType; status: number; durationMs: number }[] = [
  { weight: 45, type: 'rate_limit', status: 429, durationMs: 180 },
  { weight: 20, type: 'upstream_error', status: 502, durationMs: 900 },
  { weight: 15, type: 'timeout', status: 504, durationMs: 30_000 },
  { weight: 12, type: 'invalid_request', status: 400, durationMs: 90 },
  { weight: 5, type: 'context_length', status: 400, durationMs: 150 },
  { weight: 3, type: 'auth', status: 401, durationMs: 110 },
]
