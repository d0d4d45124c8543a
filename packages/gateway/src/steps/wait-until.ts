/** When something may be tried again, as an error says it; `null` is never. */
export function waitUntil(at: number | null, now: number): { retryAfterMs?: number } {
  return at === null ? {} : { retryAfterMs: Math.max(0, at - now) }
}
