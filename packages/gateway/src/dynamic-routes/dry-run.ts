import { afterModel, afterRate, startWalk, type Route, type RouteFacts, type Walk } from '@gw/router'

export interface DryRun {
  facts: RouteFacts
  /** Ids of the models that are to fail and of the limits that are to be reached. */
  failing: ReadonlySet<string>
}

/** Where a request would go, without asking anybody: limits have room and models answer, but those that are to fail. */
export function dryRun(route: Route, { facts, failing }: DryRun) {
  const tried: { element: string; provider: string; model: string }[] = []
  const limits: { element: string; limit_type: 'count' | 'cost'; key_value: string; limit: number; window: number }[] =
    []
  let walk: Walk = startWalk(route, facts)
  for (;;) {
    const { stop, path } = walk
    if (stop.kind === 'end') return { path, tried, limits, answers: null, ends: stop.reason }
    const { id } = stop.element
    const isFailing = failing.has(id)
    if (stop.kind === 'rate') {
      const { limitType, bucketKey, limit, windowSeconds } = stop
      limits.push({ element: id, limit_type: limitType, key_value: bucketKey, limit, window: windowSeconds })
      walk = afterRate(walk, !isFailing)
      continue
    }
    const target = { element: id, provider: stop.provider, model: stop.model }
    tried.push(target)
    if (!isFailing) return { path, tried, limits, answers: target, ends: null }
    walk = afterModel(walk, 'failed')
  }
}
