/** What requests of a time came to. Whole hours. */
export interface UsageTotals {
  requests: number
  /** Requests that passed limits that could not be checked. */
  unchecked: number
  /** Requests of which nobody knows the price. */
  unpriced: number
  input_tokens: number
  output_tokens: number
  cost_nano_usd: number
  /** What budgets counted. */
  charged_nano_usd: number
  milli_neurons: number
  /** What answers from the cache would have cost and taken. */
  saved_nano_usd: number
  saved_ms: number
}

export interface UsageQuery {
  /** `null` for all organisations together; that is the operator's to see. */
  orgId: string | null
  /** Ms since the epoch; the hour that it is in counts. */
  from: number
  /** Ms since the epoch, exclusive. */
  to: number
}

/** Where the hourly roll-up of rows is kept. */
export interface UsageStore {
  totals(query: UsageQuery): Promise<UsageTotals>
}
