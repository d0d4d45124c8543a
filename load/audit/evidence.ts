import type { Cast } from '../cast/cast.ts'
import type { MadeBudget, Prepared } from '../cast/set-up-cast.ts'
import type { Sent } from '../clients/run-clients.ts'
import type { SecretFinder } from './create-secret-finder.ts'
import type { UpstreamSecrets } from '../targets/secrets.ts'

/** A log row as the control plane shows it, as far as the audit reads it. */
export interface Row {
  id: string
  org_id: string
  user_id: string | null
  gateway_id: string
  gateway_key_id: string
  event_id: string
  created_at: number
  duration_ms: number
  provider: string | null
  model: string | null
  status_code: number
  success: boolean
  error_type: string | null
  ending: string
  step: number
  usage: Readonly<Record<string, number>>
  usage_source: string
  cost_nano_usd: number | null
  charged_nano_usd: number | null
  milli_neurons: number | null
  bill: readonly { nano_usd: number }[]
  unchecked: boolean
  attempts: readonly RowAttempt[]
}

interface RowAttempt {
  step: number
  provider: string
  status_code: number | null
  error_code: string | null
  error_type: string | null
  key_source: string | null
}

/** What an organisation's hours came to. */
export interface UsageTotals {
  requests: number
  unchecked: number
  unpriced: number
  input_tokens: number
  output_tokens: number
  cost_nano_usd: number
  charged_nano_usd: number
  milli_neurons: number
}

/** A request as a provider got it. */
export interface UpstreamRecord {
  provider: string
  path: string
  search: string
  headers: Readonly<Record<string, string>>
  body: unknown
  faults: readonly string[]
}

export interface BudgetState {
  spent_nano_usd: number
  reserved_nano_usd: number
}

/** How a budget stood at the end, and the most that was spent and held of it whenever somebody looked. */
export interface CountedBudget extends MadeBudget {
  state: BudgetState
  mostNanoUsd: number
  looks: number
}

/** All that is known when the run has ended. */
export interface Evidence {
  cast: Cast
  prepared: Prepared
  secrets: UpstreamSecrets
  finder: SecretFinder
  sent: readonly Sent[]
  rows: readonly Row[]
  rowsOf: ReadonlyMap<string, readonly Row[]>
  usage: ReadonlyMap<string, UsageTotals>
  budgets: readonly CountedBudget[]
  neuronsUsed: number
  upstream: readonly UpstreamRecord[]
  upstreamOf: ReadonlyMap<string, readonly UpstreamRecord[]>
  /** What the gateway's process printed. */
  output: string
  /** The run went past midnight UTC, so that daily windows have begun anew. */
  isPastMidnight: boolean
}

/** What one part of the audit says. */
export interface Finding {
  title: string
  figures: string
  /** Empty where all is well. */
  violations: readonly string[]
}
