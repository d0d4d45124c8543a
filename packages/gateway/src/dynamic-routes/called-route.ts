import type { Route } from '@gw/router'

/** A dynamic route that a request named, ready to be walked. */
export interface CalledRoute {
  id: string
  name: string
  versionId: string
  route: Route
}
