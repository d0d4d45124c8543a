/** A field of a request that routes can look at. */
export type RouteField =
  | { in: 'metadata' | 'headers'; name: string }
  | { in: 'body'; steps: readonly string[] }
  | { in: 'plan' }
