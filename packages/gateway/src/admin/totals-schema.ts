import * as z from 'zod'

const percentiles = z.object({ p50: z.number(), p95: z.number(), p99: z.number() }).nullable()

/** What some requests come to. */
export const totalsSchema = z.object({
  requests: z.number(),
  errors: z.number(),
  cached: z.number(),
  unpriced: z.number(),
  unchecked: z.number(),
  input_tokens: z.number(),
  output_tokens: z.number(),
  cost_nano_usd: z.number(),
  saved_nano_usd: z.number(),
  saved_ms: z.number(),
  milli_neurons: z.number(),
  duration_ms: percentiles,
  ttft_ms: percentiles,
})
