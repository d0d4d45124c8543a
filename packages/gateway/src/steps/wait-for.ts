import type { CounterState } from '../ledger/ledger.ts'

/** When a counter starts anew, as an error says it. */
export function waitFor({ resetsAt }: CounterState, now: number): { retryAfterMs?: number } {
  return resetsAt === null ? {} : { retryAfterMs: Math.max(0, resetsAt - now) }
}
