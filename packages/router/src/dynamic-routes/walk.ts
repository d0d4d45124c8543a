import type { ModelElement, RateElement } from './route-element.ts'
import type { Route } from './route.ts'
import type { RouteFacts } from './route-facts.ts'

/** How far a request has come on a route, and what it waits for. A walk is never changed: each step makes another. */
export interface Walk {
  route: Route
  facts: RouteFacts
  /** Ids of the elements that were passed, in order; the last is where it stands. */
  path: readonly string[]
  stop: WalkStop
}

/** What only the world can tell, or the end. */
export type WalkStop = ModelStop | RateStop | EndStop

/** A model is to be tried: go on with `afterModel`. */
export interface ModelStop {
  kind: 'model'
  element: ModelElement
  provider: string
  model: string
  /** Ms to the first byte; absent: the gateway's own. */
  timeoutMs?: number
  /** In all; absent: as the request says. */
  attempts?: number
  /** Something else than the end follows where it fails. */
  hasFallback: boolean
}

/** A limit is to be asked: go on with `afterRate`. */
export interface RateStop {
  kind: 'rate'
  element: RateElement
  limitType: 'count' | 'cost'
  /** Equal for requests that are counted together. */
  bucketKey: string
  /** Requests, or USD. */
  limit: number
  windowSeconds: number
  technique: 'fixed' | 'sliding'
}

/** `end`: an end element. `no_fallback`: what failed or refused last has no fallback. */
export interface EndStop {
  kind: 'end'
  reason: 'end' | 'no_fallback'
}
