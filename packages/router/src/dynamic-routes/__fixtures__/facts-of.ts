import type { RouteFacts } from '../route-facts.ts'

/** What is known of a request, nothing by default. */
export function factsOf(change: Partial<RouteFacts> = {}): RouteFacts {
  const nothing = { metadata: {}, headers: new Headers(), body: {}, plan: undefined, stickyKey: undefined, random: 0.5 }
  return { ...nothing, ...change }
}
