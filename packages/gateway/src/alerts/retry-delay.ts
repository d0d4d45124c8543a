const minuteMs = 60_000

/** How long is waited after each failed try, ms: six tries within about an hour. */
const delays = [minuteMs / 2, 2 * minuteMs, 5 * minuteMs, 15 * minuteMs, 40 * minuteMs]

/** Nobody may have messages put off for longer, ms. */
const mostMs = 60 * minuteMs

/** How long to wait after a number of failed tries; `undefined`: no further one. `askedMs` is what the channel asks for. */
export function retryDelay(attempts: number, askedMs: number | null): number | undefined {
  const delay = delays[attempts - 1]
  return delay === undefined ? undefined : Math.max(delay, Math.min(askedMs ?? 0, mostMs))
}
