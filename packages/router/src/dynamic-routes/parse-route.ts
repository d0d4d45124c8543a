import { checkElement } from './check-element.ts'
import type { Condition } from './condition.ts'
import { edgesOf } from './edges-of.ts'
import { findGraphMistakes, type GraphNode } from './find-graph-mistakes.ts'
import { isRecord } from './is-record.ts'
import { modernizeElement } from './modernize-element.ts'
import { parseCondition } from './parse-condition.ts'
import { readElement } from './read-element.ts'
import type { RouteElement } from './route-element.ts'
import type { Route, RouteMistake } from './route.ts'

export type ParsedRoute = { ok: true; route: Route } | { ok: false; mistakes: RouteMistake[] }

/** Beyond that nobody understands a route. */
const mostElements = 200
const longestId = 100

/**
 * Reads the elements of a route in Cloudflare's schema, older spellings included, or finds everything that is wrong with
 * them, all at once.
 * @example parseRoute([{ id: 'a', type: 'start', outputs: { next: { elementId: 'b' } } }, …])
 */
export function parseRoute(elements: unknown): ParsedRoute {
  if (!Array.isArray(elements)) return refused('must be a list of elements')
  if (elements.length === 0) return refused('is empty: a route has a start, a model and an end')
  if (elements.length > mostElements) return refused(`has ${elements.length} elements; at most ${mostElements}`)
  const modern = elements.map(modernizeElement)
  const mistakes = [...modern.flatMap(findInElement), ...findGraphMistakes(modern.flatMap(toNode))]
  if (mistakes.length > 0) return { ok: false, mistakes }
  return { ok: true, route: toRoute(modern.flatMap((element) => readElement(element) ?? [])) }
}

function refused(message: string): ParsedRoute {
  return { ok: false, mistakes: [{ element: null, path: 'elements', message }] }
}

const isId = (id: unknown): id is string => typeof id === 'string' && id !== '' && id.length <= longestId

function findInElement(element: unknown, index: number): RouteMistake[] {
  const path = `elements[${index}]`
  if (!isRecord(element)) return [{ element: null, path, message: 'must be an object' }]
  const { id } = element
  const about = isId(id) ? id : null
  const wrongId = `must be a string of 1 to ${longestId} characters`
  return [
    ...(about === null ? [{ element: null, path: `${path}.id`, message: wrongId }] : []),
    ...checkElement(element, path).map((finding) => ({ element: about, ...finding })),
  ]
}

function toNode(element: unknown, index: number): GraphNode[] {
  if (!isRecord(element) || !isId(element['id'])) return []
  const { id, type, outputs } = element
  return [{ id, type, path: `elements[${index}]`, edges: edgesOf(outputs) }]
}

function toRoute(elements: readonly RouteElement[]): Route {
  const start = elements.find(({ type }) => type === 'start')
  const conditions = elements.flatMap((element): [string, Condition][] => {
    if (element.type !== 'conditional') return []
    const parsed = parseCondition(element.properties.conditions, '')
    return parsed.ok ? [[element.id, parsed.condition]] : []
  })
  return {
    elements,
    start: start?.id ?? '',
    byId: new Map(elements.map((element) => [element.id, element])),
    conditions: new Map(conditions),
  }
}
