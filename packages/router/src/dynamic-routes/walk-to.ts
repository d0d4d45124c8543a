import { matchesCondition } from './matches-condition.ts'
import { readField } from './read-field.ts'
import { parseField } from './parse-field.ts'
import type { ModelElement, RateElement, RouteElement } from './route-element.ts'
import type { RouteFacts } from './route-facts.ts'
import { splitByShare } from './split-by-share.ts'
import type { ModelStop, RateStop, Walk, WalkStop } from './walk.ts'

/** Goes to an element, and on from there to the next that waits for something. Without an element the walk ends. */
export function walkTo({ route, facts, path }: Omit<Walk, 'stop'>, elementId: string | undefined): Walk {
  let id = elementId
  const passed = [...path]
  for (;;) {
    const element = id === undefined ? undefined : route.byId.get(id)
    if (!element) return { route, facts, path: passed, stop: { kind: 'end', reason: 'no_fallback' } }
    passed.push(element.id)
    const stop = stopAt(element, { route, facts })
    if (stop) return { route, facts, path: passed, stop }
    id = nextOf(element, { route, facts })
  }
}

type Context = Pick<Walk, 'route' | 'facts'>

function stopAt(element: RouteElement, { route, facts }: Context): WalkStop | undefined {
  if (element.type === 'end') return { kind: 'end', reason: 'end' }
  if (element.type === 'rate') return toRateStop(element, facts)
  return element.type === 'model' ? toModelStop(element, route) : undefined
}

function nextOf(element: RouteElement, { route, facts }: Context): string | undefined {
  if (element.type === 'start') return element.outputs.next.elementId
  if (element.type === 'percentage') return splitByShare(element, facts.stickyKey ?? String(facts.random))
  if (element.type !== 'conditional') return undefined
  const condition = route.conditions.get(element.id)
  return element.outputs[condition && matchesCondition(condition, facts) ? 'true' : 'false'].elementId
}

function toModelStop(element: ModelElement, { byId }: Walk['route']): ModelStop {
  const { provider, model, timeout = 0, retries } = element.properties
  const { fallback } = element.outputs
  return {
    kind: 'model',
    element,
    provider,
    model,
    ...(timeout > 0 && { timeoutMs: timeout }),
    ...(retries !== undefined && { attempts: retries + 1 }),
    hasFallback: fallback !== undefined && byId.get(fallback.elementId)?.type !== 'end',
  }
}

function toRateStop(element: RateElement, facts: RouteFacts): RateStop {
  const { limitType, key, limit, window, technique = 'fixed' } = element.properties
  const field = parseField(key)
  // Requests without the field share a bucket of their own.
  const value = field && readField(field, facts)
  return {
    kind: 'rate',
    element,
    limitType,
    bucketKey: value === undefined ? '' : JSON.stringify(value),
    limit,
    windowSeconds: window,
    technique,
  }
}
