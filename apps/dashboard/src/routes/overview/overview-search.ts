import { parseRangeSearch, type RangeSearch } from '../../time-range/time-range.ts'
import { isGroupKey } from './dimensions.ts'
import { metrics, type Metric } from './metrics.ts'

/** What of the Overview is in its URL. */
export interface OverviewSearch extends RangeSearch {
  /** Filters, in the words of the search grammar. */
  q?: string | undefined
  metric?: Metric | undefined
  /** A dimension. */
  by?: string | undefined
  /** The dimension of the table below the chart. */
  split?: string | undefined
  /** `0` hides the comparison with the period before. */
  compare?: '0' | undefined
}

/** Reads the URL; anything else in it is left out. */
export function parseOverviewSearch(search: Readonly<Record<string, unknown>>): OverviewSearch {
  const { q, metric, by, split, compare } = search
  const known = metrics.find(({ id }) => id === metric)
  return {
    ...parseRangeSearch(search),
    ...(typeof q === 'string' && q && { q }),
    ...(known && { metric: known.id }),
    ...(typeof by === 'string' && isGroupKey(by) && { by }),
    ...(typeof split === 'string' && isGroupKey(split) && { split }),
    ...(compare === '0' && { compare }),
  }
}
