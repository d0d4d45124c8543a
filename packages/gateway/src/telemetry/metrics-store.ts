/** What requests to one provider that ended in one way came to, of all organisations. */
export interface ProviderUsage {
  /** Empty where a request went nowhere. */
  provider: string
  /** Empty where nothing failed. */
  errorType: string
  requests: number
  inputTokens: number
  outputTokens: number
  costNanoUsd: number
  durationMs: number
  /** How many took at most each of `durationBounds`. */
  durationCounts: readonly number[]
}

/** What `/metrics` says beside totals. */
export interface MetricsStore {
  /** Since the beginning of the hour that a time is in, ms since the epoch; in the order of providers and errors. */
  byProvider(from: number): Promise<ProviderUsage[]>
}
