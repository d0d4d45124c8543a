import type { Totals } from '../../api/wire.ts'

/** What nothing comes to. */
export const noTotals: Totals = {
  requests: 0,
  errors: 0,
  cached: 0,
  unpriced: 0,
  unchecked: 0,
  input_tokens: 0,
  output_tokens: 0,
  cost_nano_usd: 0,
  saved_nano_usd: 0,
  saved_ms: 0,
  milli_neurons: 0,
  duration_ms: null,
  ttft_ms: null,
}
