import type { JsonObject } from '../../src/json.ts'
import { createTestContext } from '../../src/testing/create-test-context.ts'
import { WireError } from '../../src/wire-error.ts'
import type { WireRequest } from '../../src/wire-format.ts'
import { describeLeaves } from './describe-leaves.ts'
import type { Cell, RequestFeature } from './feature.ts'
import type { Inbound, Upstream } from './formats.ts'
import { addedLeaves, leavesOf, markedLeaves, placesOf, type Leaf } from './leaves.ts'

/** What becomes of something that a caller asks for: the request with it is compared with the one without. */
export function decideRequest(feature: RequestFeature, inbound: Inbound, upstream: Upstream): Cell {
  const ask = feature.says[inbound.id]
  if (ask === undefined) return { state: 'unsayable' }
  const before = { ...inbound.request, ...ask.without }
  const after = { ...inbound.request, ...ask.with }
  const plain = translate(before, inbound, upstream)
  const asked = translate(after, inbound, upstream)
  if (asked === undefined || plain === undefined) return { state: 'error' }
  const isWarned = asked.warnings.some((warning) => !plain.warnings.includes(warning))
  const places = findPlaces(feature, plain.body, asked.body)
  if (places === undefined) return { state: isWarned ? 'dropped' : 'lost' }
  const own = findPlaces(feature, before, after) ?? none
  const how = describeLeaves(places.leaves, { areGone: places.areGone, showsValue: feature.marks === undefined })
  if (isWarned) return { state: 'bent', how }
  return isSame(own.leaves, places.leaves) ? { state: 'same' } : { state: 'mapped', how }
}

/** The provider's request; `undefined` where that is refused. */
function translate(
  body: JsonObject,
  { format }: Inbound,
  { format: target, model }: Upstream,
): WireRequest | undefined {
  const context = createTestContext(model)
  try {
    const { body: written, warnings } = target.formatRequest(format.parseRequest(body, context), context)
    return { body: { URL: target.path(model, body['stream'] === true), ...written }, warnings }
  } catch (error) {
    if (error instanceof WireError) return undefined
    throw error
  }
}

interface Places {
  leaves: Leaf[]
  /** The feature takes these away. */
  areGone: boolean
}

const none: Places = { leaves: [], areGone: false }

/** Where the feature is in a request; `undefined` where it is not. Without marks, what it takes away counts too. */
function findPlaces({ marks }: RequestFeature, before: JsonObject, after: JsonObject): Places | undefined {
  if (marks) {
    const leaves = markedLeaves(leavesOf(after), marks)
    return leaves && { leaves, areGone: false }
  }
  const added = addedLeaves(before, after)
  if (added.length > 0) return { leaves: added, areGone: false }
  const gone = addedLeaves(after, before)
  return gone.length > 0 ? { leaves: gone, areGone: true } : undefined
}

/** The caller's own words are all there. */
function isSame(own: readonly Leaf[], places: readonly Leaf[]): boolean {
  const wordOf = (leaf: Leaf): string => `${placesOf([leaf]).join('')}=${JSON.stringify(leaf.value)}`
  const known = new Set(places.map(wordOf))
  return own.length > 0 && own.every((leaf) => known.has(wordOf(leaf)))
}
