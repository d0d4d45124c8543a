import { isObject } from '../../src/json.ts'
import type { Mark } from './feature.ts'

/** A scalar of a JSON value and where it stands. */
export interface Leaf {
  path: string
  value: unknown
}

export function leavesOf(value: unknown, path = ''): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, `${path}[${index}]`))
  if (!isObject(value)) return value === undefined ? [] : [{ path, value }]
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  if (entries.length === 0) return [{ path, value: '{}' }]
  return entries.flatMap(([field, item]) => leavesOf(item, path === '' ? field : `${path}.${field}`))
}

/** Leaves that only the second value has. */
export function addedLeaves(before: unknown, after: unknown): Leaf[] {
  const known = new Set(leavesOf(before).map(keyOf))
  return leavesOf(after).filter((leaf) => !known.has(keyOf(leaf)))
}

/** The leaves that hold a mark, one or more for each; `undefined` where a mark is missing. */
export function markedLeaves(leaves: readonly Leaf[], marks: readonly Mark[]): Leaf[] | undefined {
  const found = marks.map((mark) => leaves.filter(({ value }) => holds(value, mark)))
  return found.every((places) => places.length > 0) ? found.flat() : undefined
}

function holds(value: unknown, mark: Mark): boolean {
  return typeof mark === 'string' ? typeof value === 'string' && value.includes(mark) : value === mark
}

/** Where leaves stand, each place once, without the numbers of array items. */
export function placesOf(leaves: readonly Leaf[]): string[] {
  return [...new Set(leaves.map(({ path }) => path.replaceAll(/\[\d+\]/g, '[]')))]
}

const keyOf = ({ path, value }: Leaf): string => `${path}=${JSON.stringify(value)}`
