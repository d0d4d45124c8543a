import type { RouteElement } from './route-element.ts'
import type { Route } from './route.ts'

/** The elements of a route in Cloudflare's present schema; `parseRoute` reads them back as the same route. */
export function formatRoute({ elements }: Pick<Route, 'elements'>): RouteElement[] {
  return structuredClone([...elements])
}
