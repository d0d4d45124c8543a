/** The sums that every roll-up has. Names are those of the analytics API. */
export const sumNames = [
  'requests',
  'errors',
  'cached',
  'unpriced',
  'unchecked',
  'input_tokens',
  'output_tokens',
  'cost_nano_usd',
  'saved_nano_usd',
  'saved_ms',
  'milli_neurons',
] as const

/** What some requests come to, in a form that can be added up. */
export type UsageSums = Readonly<Record<(typeof sumNames)[number], number>> & {
  /** How many requests took at most each of `durationBounds`; empty where the roll-up has no latency. */
  readonly duration_counts: readonly number[]
  /** The same of `ttftBounds`, and how many requests have a time to first token at all. */
  readonly ttft_counts: readonly number[]
  readonly ttft_requests: number
}

/** No requests. */
export const noUsage: UsageSums = {
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
  duration_counts: [],
  ttft_counts: [],
  ttft_requests: 0,
}

/** Two amounts of usage together. */
export function addUsage(one: UsageSums, other: UsageSums): UsageSums {
  return combine(one, other, 1)
}

/** What is left of a whole without a part of it. */
export function subtractUsage(whole: UsageSums, part: UsageSums): UsageSums {
  return combine(whole, part, -1)
}

function combine(one: UsageSums, other: UsageSums, sign: 1 | -1): UsageSums {
  const counts = (a: readonly number[], b: readonly number[]): number[] =>
    Array.from({ length: Math.max(a.length, b.length) }, (_, index) => (a[index] ?? 0) + sign * (b[index] ?? 0))
  return {
    requests: one.requests + sign * other.requests,
    errors: one.errors + sign * other.errors,
    cached: one.cached + sign * other.cached,
    unpriced: one.unpriced + sign * other.unpriced,
    unchecked: one.unchecked + sign * other.unchecked,
    input_tokens: one.input_tokens + sign * other.input_tokens,
    output_tokens: one.output_tokens + sign * other.output_tokens,
    cost_nano_usd: one.cost_nano_usd + sign * other.cost_nano_usd,
    saved_nano_usd: one.saved_nano_usd + sign * other.saved_nano_usd,
    saved_ms: one.saved_ms + sign * other.saved_ms,
    milli_neurons: one.milli_neurons + sign * other.milli_neurons,
    duration_counts: counts(one.duration_counts, other.duration_counts),
    ttft_counts: counts(one.ttft_counts, other.ttft_counts),
    ttft_requests: one.ttft_requests + sign * other.ttft_requests,
  }
}
