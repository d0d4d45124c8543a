import type { Usage } from '@gw/catalog'
import type { ErrorType } from '@gw/headers'
import type { KeySource } from '@gw/keys'
import type { RoutingRecord } from './routing-record.ts'

/** How a request ended. */
export type Ending = 'complete' | 'truncated' | 'client_gone' | 'upstream_error' | 'rejected'

/**
 * Where the numbers of a row come from: the provider reported them, we estimated them, the answer came from the cache,
 * or the request failed without cost.
 */
export type UsageSource = 'reported' | 'estimated' | 'cached' | 'free_failed'

/** One line of a row's bill. */
export interface BillLine {
  class: string
  quantity: number
  unit: string
  /** Price of `unit_price_per` units. */
  unit_price_nano_usd: number
  unit_price_per: number
  nano_usd: number
}

/** One call to a provider. */
export interface AttemptRecord {
  /** From 1, over all legs. */
  attempt: number
  step: number
  provider: string
  model: string | null
  /** `null` when the provider never answered. */
  status_code: number | null
  error_type: ErrorType | null
  /** The provider's own code, where it said one, else ours. Its message may quote the prompt and is not kept. */
  error_code: string | null
  key_source: KeySource | null
  /** Which of the stored provider keys was used. */
  provider_key_id: string | null
  /** What this call itself used. */
  usage: Usage
  usage_source: UsageSource
  /** Of this call; `null` when nobody knows. */
  cost_nano_usd: number | null
  started_at: number
  duration_ms: number
}

/** What is kept of one request; names are those of the log API. Holds no secret, prompt or answer. */
export interface LogRecord {
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
  stream: boolean
  status_code: number
  success: boolean
  error_type: ErrorType | null
  ending: Ending
  step: number
  cache_status: 'HIT' | 'MISS' | null
  /** On a HIT, what the stored answer cost; `null` where nobody knows, and elsewhere. */
  saved_nano_usd: number | null
  /** On a HIT, how long the stored answer took; `null` elsewhere. */
  saved_ms: number | null
  duration_ms: number
  ttft_ms: number | null
  /** Tokens in disjoint classes. */
  usage: Usage
  usage_source: UsageSource
  /** `null` when the price is unknown. */
  cost_nano_usd: number | null
  /**
   * What budgets counted for the request: its cost, or what was reserved for it where nobody knows what it cost. `null`
   * where no budget applied.
   */
  charged_nano_usd: number | null
  /** Thousandths of a Workers AI neuron; `null` elsewhere. */
  milli_neurons: number | null
  bill: BillLine[]
  price_version: string | null
  key_source: KeySource | null
  /** Which of the stored provider keys was used. */
  provider_key_id: string | null
  /** A limit could not be checked when the request passed it. */
  unchecked: boolean
  metadata: Record<string, string | number | boolean | null>
  /** How the target was chosen; `null` where the caller named it. */
  routing: RoutingRecord | null
  warnings: string[]
  /** The caller's thumb up or down. */
  feedback: -1 | 1 | null
  /** The caller's judgement, 0–100. */
  score: number | null
  /** When the cost was computed anew, and what it was before. */
  repriced_at: number | null
  previous_cost_nano_usd: number | null
  attempts: AttemptRecord[]
  /** The caller's trace, in hex, where its headers name one. On its way alone: it is not kept. */
  trace?: { trace_id?: string; parent_span_id?: string }
}
