/** What a walk can look at of a request. */
export interface RouteFacts {
  metadata: Readonly<Record<string, unknown>>
  headers: { get(name: string): string | null }
  /** Parsed JSON. */
  body: unknown
  /** Name of the caller's tier; compared in any case. */
  plan: string | undefined
  /** Requests with the same key go the same way; without one, `random` decides. */
  stickyKey: string | undefined
  /** Of at least 0 and below 1. */
  random: number
}
