import type { Model } from '../../models/all-models-query.ts'

interface Selection {
  q?: string | undefined
  provider?: string | undefined
  capability?: string | undefined
  pool?: '1' | undefined
  sort?: SortKey | undefined
  turned?: '1' | undefined
}

type Sorted = Pick<
  Model,
  | 'id'
  | 'input_per_million_usd'
  | 'output_per_million_usd'
  | 'cache_read_per_million_usd'
  | 'cache_write_per_million_usd'
  | 'context_window'
  | 'quality'
  | 'speed'
>

/** What models can be sorted by, and which way at first: small prices, and large everything else. */
const sorts = {
  name: { isDescending: false, of: ({ id }: Sorted) => id },
  input: { isDescending: false, of: (model: Sorted) => model.input_per_million_usd },
  output: { isDescending: false, of: (model: Sorted) => model.output_per_million_usd },
  cache_read: { isDescending: false, of: (model: Sorted) => model.cache_read_per_million_usd },
  cache_write: { isDescending: false, of: (model: Sorted) => model.cache_write_per_million_usd },
  context: { isDescending: true, of: (model: Sorted) => model.context_window },
  quality: { isDescending: true, of: (model: Sorted) => model.quality?.value ?? null },
  speed: {
    isDescending: true,
    of: ({ speed }: Sorted) => (speed?.from === 'measured' ? ratingOfSpeed(speed.value) : (speed?.value ?? null)),
  },
} as const

export type SortKey = keyof typeof sorts

export function isSortKey(value: unknown): value is SortKey {
  return typeof value === 'string' && Object.hasOwn(sorts, value)
}

/** Which way a column is sorted now. */
export function directionOf(sort: SortKey, turned: boolean): 'ascending' | 'descending' {
  return sorts[sort].isDescending === turned ? 'ascending' : 'descending'
}

/** The models that are asked for, in the order that is asked for; what nobody knows comes last either way. */
export function selectModels(models: readonly Model[], selection: Selection): Model[] {
  const { q = '', provider, capability, pool, sort, turned } = selection
  const words = q.toLowerCase().split(/\s+/)
  const found = models.filter(
    (model) =>
      (provider === undefined || model.provider === provider) &&
      (capability === undefined || model.capabilities.includes(capability)) &&
      (pool === undefined || model.in_default_pool) &&
      words.every((word) => model.id.toLowerCase().includes(word)),
  )
  return sort === undefined ? found.toSorted(poolFirst) : sortBy(found, sort, turned === '1')
}

const poolFirst = (one: Model, other: Model): number => Number(other.in_default_pool) - Number(one.in_default_pool)

function sortBy(models: readonly Model[], sort: SortKey, turned: boolean): Model[] {
  const { of } = sorts[sort]
  const sign = directionOf(sort, turned) === 'ascending' ? 1 : -1
  return models.toSorted((one, other) => {
    const [left, right] = [of(one), of(other)]
    if (left === right) return 0
    if (left === null) return 1
    if (right === null) return -1
    return (left < right ? -1 : 1) * sign
  })
}

/** Output tokens a second on the scale of 0–10 on which speed is judged beforehand: 5 a second is 0, 500 are 10. */
export function ratingOfSpeed(tokensPerSecond: number): number {
  const rating = 5 * Math.log10(Math.max(tokensPerSecond, 1) / 5)
  return Math.min(10, Math.max(0, rating))
}

/** How many models have each value of something, most first. */
export function countBy(
  models: readonly Model[],
  valuesOf: (model: Model) => readonly string[],
): [value: string, count: number][] {
  const counts = new Map<string, number>()
  for (const value of models.flatMap(valuesOf)) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([one, left], [other, right]) => right - left || (one < other ? -1 : 1))
}
