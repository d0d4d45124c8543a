import type { Json } from '@gw/adapters'
import * as fc from 'fast-check'

/** A change somewhere in a body: the steps lead down to a field, which is lost or has another value. */
export interface Change {
  steps: number[]
  value: unknown
}

/** Up to three changes; none at all leaves a body right. */
export const anyChanges: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    steps: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 6 }),
    value: fc.oneof(
      fc.constant(undefined),
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('', 'user', 'x/y', -1, 1e308),
    ),
  }),
  { maxLength: 3 },
)

/** A copy with the change made; steps past the last field begin again at the first. */
export function mutate(value: Json, { steps: [step = 0, ...others], value: next }: Change): Json {
  if (typeof value !== 'object' || value === null) return toJson(next)
  const entries = Object.entries(value)
  if (entries.length === 0) return toJson(next)
  const at = step % entries.length
  const changed = entries.flatMap(([name, child], index): [string, Json][] => {
    if (child === undefined) return []
    if (index !== at) return [[name, child]]
    if (others.length > 0) return [[name, mutate(child, { steps: others, value: next })]]
    return next === undefined ? [] : [[name, toJson(next)]]
  })
  return Array.isArray(value) ? changed.map(([, child]) => child) : Object.fromEntries(changed)
}

export const toJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null))
