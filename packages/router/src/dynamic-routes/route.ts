import type { Condition } from './condition.ts'
import type { RouteElement } from './route-element.ts'

/** A graph that can be walked: it has one start and no cycles, and each of its outputs leads to an element. */
export interface Route {
  /** In the order in which they were written. */
  elements: readonly RouteElement[]
  /** Id of the element with which every walk begins. */
  start: string
  byId: ReadonlyMap<string, RouteElement>
  /** What the conditional elements ask, by their ids. */
  conditions: ReadonlyMap<string, Condition>
}

/** What is wrong with a route. */
export interface RouteMistake {
  /** Id of the element; `null` where the whole route is meant, or the element has no id. */
  element: string | null
  /** Where: `elements[2].outputs.true`. */
  path: string
  message: string
}
