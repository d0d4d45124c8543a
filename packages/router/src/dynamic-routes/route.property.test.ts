import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { elements as of } from './__fixtures__/elements.ts'
import { factsOf } from './__fixtures__/facts-of.ts'
import { routeOf } from './__fixtures__/route-of.ts'
import { afterModel } from './after-model.ts'
import { afterRate } from './after-rate.ts'
import { formatRoute } from './format-route.ts'
import { parseRoute } from './parse-route.ts'
import { startWalk } from './start-walk.ts'
import type { Walk } from './walk.ts'

const conditions = fc.constantFrom(
  { 'metadata.plan': { $eq: 'free' } },
  { $or: [{ 'headers.x-a': 'b' }, { 'body.stream': { $exists: true } }] },
)
const shares = fc.constantFrom(['10%', '90%'], ['25%', 'else'], ['33.3%', '66.7%'])
interface Node {
  id: string
  outputs: Readonly<Record<string, { elementId: string }>>
}

interface Draft {
  type: 'when' | 'split' | 'rate' | 'model'
  to: readonly [number, number]
  hasFallback: boolean
  conditions: object
  shares: readonly string[]
}
const drafts: fc.Arbitrary<Draft> = fc.record({
  type: fc.constantFrom('when', 'split', 'rate', 'model'),
  to: fc.tuple(fc.nat(20), fc.nat(20)),
  hasFallback: fc.boolean(),
  conditions,
  shares,
})

/** Elements that lead only forward; the last are a model and the end. Those that nothing leads to are left out. */
function graphOf(list: readonly Draft[]): Node[] {
  const idOf = (index: number): string => (index >= list.length ? 'last' : `e${index}`)
  const all = list.map((draft, index) => {
    const [a, b] = draft.to.map((step) => idOf(index + 1 + step))
    return elementOf(`e${index}`, draft, [a ?? 'last', b ?? 'last'])
  })
  const elements: Node[] = [of.start(idOf(0)), ...all, of.model('last'), of.end()]
  const reached = new Set(['start', 'last', 'end'])
  for (const { id, outputs } of elements) {
    if (!reached.has(id)) continue
    for (const { elementId } of Object.values(outputs)) reached.add(elementId)
  }
  const kept = elements.filter(({ id }) => reached.has(id))
  const leadsToLast = kept.some(({ outputs }) => Object.values(outputs).some(({ elementId }) => elementId === 'last'))
  return leadsToLast ? kept : kept.filter(({ id }) => id !== 'last')
}

function elementOf(id: string, draft: Draft, [a, b]: readonly [string, string]) {
  if (draft.type === 'when') return of.when(id, draft.conditions, [a, b])
  if (draft.type === 'rate') return of.rate(id, draft.hasFallback ? [a, b] : [a])
  if (draft.type === 'model') return of.model(id, draft.hasFallback ? b : undefined)
  const [first = '', second = ''] = draft.shares
  return of.split(id, { [first]: a, [second]: b })
}

const graphs = fc
  .array(drafts, { maxLength: 15 })
  .map(graphOf)
  .filter((elements) => parseRoute(elements).ok)
const facts = fc
  .record({
    metadata: fc.dictionary(fc.constantFrom('plan', 'user_id', '__proto__'), fc.constantFrom('free', 'paid')),
    body: fc.jsonValue(),
    stickyKey: fc.option(fc.string(), { nil: undefined }),
    random: fc.double({ min: 0, max: 0.99, noNaN: true }),
  })
  .map(factsOf)

/** Every walk that the world can make of a route, ends included. */
function walkAll(walk: Walk, answers: readonly boolean[]): Walk[] {
  const [isGood = true, ...rest] = answers
  if (walk.stop.kind === 'model') return [walk, ...walkAll(afterModel(walk, isGood ? 'answered' : 'failed'), rest)]
  if (walk.stop.kind === 'rate') return [walk, ...walkAll(afterRate(walk, isGood), rest)]
  return [walk]
}

test('every walk of a valid route ends, and none leaves the graph or passes an element twice', () => {
  fc.assert(
    fc.property(graphs, facts, fc.array(fc.boolean()), (elements, about, answers) => {
      const route = routeOf(elements)
      const walks = walkAll(startWalk(route, about), answers)
      const last = walks.at(-1)
      expect(last?.stop.kind).toBe('end')
      expect(new Set(last?.path).size).toBe(last?.path.length)
      expect(last?.path.every((id) => route.byId.has(id))).toBe(true)
    }),
  )
})

test('what is written is read as the same route', () => {
  fc.assert(
    fc.property(graphs, (elements) => {
      const once = formatRoute(routeOf(elements))
      expect(once).toEqual(elements)
      expect(formatRoute(routeOf(JSON.parse(JSON.stringify(once))))).toEqual(once)
    }),
  )
})

test('a valid route with an edge that dangles, a way back or a second start is refused', () => {
  const breaks = fc.constantFrom('dangling', 'cycle', 'start', 'twin', 'unreachable')
  fc.assert(
    fc.property(graphs, breaks, (elements, how) => {
      expect(parseRoute(broken(elements, how)).ok).toBe(false)
    }),
  )
})

function broken(elements: readonly { id: string }[], how: string): unknown[] {
  const text = JSON.stringify(elements)
  if (how === 'dangling') return JSON.parse(text.replace('"elementId":"end"', '"elementId":"nowhere"'))
  if (how === 'cycle') return JSON.parse(text.replace('"elementId":"end"', '"elementId":"start"'))
  if (how === 'start') return elements.filter(({ id }) => id !== 'start')
  return [...elements, how === 'twin' ? of.end() : of.model('nobody')]
}

test('whatever is sent, the answer is a route or mistakes, and no route has a cycle', () => {
  const anyElement = fc.record(
    {
      id: fc.oneof(fc.constantFrom('a', 'b', 'start', 'end'), fc.anything()),
      type: fc.oneof(fc.constantFrom('start', 'conditional', 'percentage', 'rate', 'model', 'end'), fc.anything()),
      properties: fc.anything(),
      outputs: fc.oneof(
        fc.dictionary(
          fc.constantFrom('next', 'true', 'false', 'success', 'fallback', '50%', 'else'),
          fc.record({ elementId: fc.constantFrom('a', 'b', 'start', 'end') }),
        ),
        fc.anything(),
      ),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.array(anyElement, { maxLength: 6 })), (elements) => {
      const parsed = parseRoute(elements)
      const kinds = parsed.ok ? walkAll(startWalk(parsed.route, factsOf()), []).map(({ stop }) => stop.kind) : ['end']
      expect(kinds.at(-1)).toBe('end')
      expect(parsed.ok || parsed.mistakes.length > 0).toBe(true)
    }),
    { numRuns: 500 },
  )
})
