import { parseRoute } from '../parse-route.ts'
import type { Route } from '../route.ts'

/** A route that must be valid. */
export function routeOf(elements: unknown): Route {
  const parsed = parseRoute(elements)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistakes))
  return parsed.route
}
