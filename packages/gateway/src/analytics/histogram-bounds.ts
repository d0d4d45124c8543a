/** Upper bounds of the histogram of durations, ms: the columns `duration_le_…` of the roll-ups. */
export const durationBounds = [
  50, 100, 200, 300, 500, 800, 1200, 2000, 3000, 5000, 8000, 12_000, 20_000, 30_000, 60_000, 120_000,
] as const

/** Upper bounds of the histogram of times to first token, ms: the columns `ttft_le_…`. */
export const ttftBounds = [50, 100, 200, 300, 500, 800, 1200, 2000, 3000, 5000, 10_000, 20_000] as const
