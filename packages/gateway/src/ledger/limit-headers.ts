import type { CounterState } from './ledger.ts'
import { windowOf } from './window-of.ts'

/**
 * `RateLimit-Limit`, `-Remaining` and `-Reset` of the scarcest counter and `RateLimit-Policy` of all, as
 * draft-ietf-httpapi-ratelimit-headers-06 has them. Only hard counters whose windows end are told; pass those of requests.
 * @example
 * limitHeaders(states, Date.now()) // { 'RateLimit-Limit': '10', …, 'RateLimit-Policy': '10;w=86400, 60;w=60' }
 */
export function limitHeaders(states: readonly CounterState[], now: number): Record<string, string> {
  const ending = states.flatMap((state) =>
    state.isHard && state.resetsAt !== null ? [toPolicy(state, state.resetsAt)] : [],
  )
  const [scarcest] = [...ending].sort((a, b) => a.remaining - b.remaining || b.resetsAt - a.resetsAt)
  if (!scarcest) return {}
  return {
    'RateLimit-Limit': String(scarcest.limit),
    'RateLimit-Remaining': String(scarcest.remaining),
    'RateLimit-Reset': String(Math.max(0, Math.ceil((scarcest.resetsAt - now) / 1000))),
    'RateLimit-Policy': ending.map(({ limit, windowMs }) => `${limit};w=${Math.ceil(windowMs / 1000)}`).join(', '),
  }
}

function toPolicy({ limit, remaining, window }: CounterState, resetsAt: number) {
  return { limit, remaining, resetsAt, windowMs: resetsAt - windowOf(window, resetsAt - 1).start }
}
