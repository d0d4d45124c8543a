import type { Route } from './route.ts'
import type { RouteFacts } from './route-facts.ts'
import type { Walk } from './walk.ts'
import { walkTo } from './walk-to.ts'

/** A request enters a route, and goes to the first element that waits for something. */
export function startWalk(route: Route, facts: RouteFacts): Walk {
  return walkTo({ route, facts, path: [] }, route.start)
}
