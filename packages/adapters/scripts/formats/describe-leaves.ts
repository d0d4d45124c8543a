import { placesOf, type Leaf } from './leaves.ts'

/** Most characters of a place in the document. */
const longest = 40

interface DescribeOptions {
  /** The values belong to what is said. */
  showsValue?: boolean
  areGone?: boolean
}

/** The places of leaves in a few words, one for each top-level field, two at most. */
export function describeLeaves(
  leaves: readonly Leaf[],
  { showsValue = false, areGone = false }: DescribeOptions,
): string {
  const [only, second] = leaves
  const value = showsValue && !areGone && only && !second && isWord(only.value) ? `: ${only.value}` : ''
  const places = placesOf(leaves)
  const fields = [...new Set(places.map(fieldOf))]
  const described = fields.map((field) => {
    const common = commonPlace(places.filter((place) => fieldOf(place) === field))
    return `\`${shorten(common)}${value}\``
  })
  const shown = described.slice(0, 2).join(', ') + (described.length > 2 ? ', …' : '')
  return areGone ? `without ${shown}` : shown
}

/** The top-level field that a place is in. */
const fieldOf = (place: string): string => /^[^.[]+/.exec(place)?.[0] ?? place

const isWord = (value: unknown): boolean =>
  typeof value === 'boolean' || typeof value === 'number' || (typeof value === 'string' && value.length < 16)

/** What all places begin with. */
function commonPlace(places: readonly string[]): string {
  const [parts = [], ...rest] = places.map((place) => place.split('.'))
  const differs = parts.findIndex((part, index) => rest.some((other) => other[index] !== part))
  return (differs <= 0 ? parts : parts.slice(0, differs)).join('.')
}

/** Keeps the end of a long place: it says more than the beginning. */
function shorten(place: string): string {
  const parts = place.split('.')
  while (parts.length > 1 && parts.join('.').length > longest) parts.shift()
  const short = parts.join('.')
  return short === place ? place : `…${short}`
}
