import { parseRangeSearch, type RangeSearch } from '../../time-range/time-range.ts'

/** What of the Logs page is in its URL. */
export interface LogsSearch extends RangeSearch {
  /** The search, as people write it. */
  q?: string | undefined
  /** The row that is open. */
  log?: string | undefined
  /** The part of it that is shown. */
  tab?: string | undefined
  /** New rows appear by themselves. */
  live?: '1' | undefined
}

/** Reads the URL; anything else in it is left out. */
export function parseLogsSearch(search: Readonly<Record<string, unknown>>): LogsSearch {
  const { q, log, tab, live } = search
  return {
    ...parseRangeSearch(search),
    ...(typeof q === 'string' && q && { q }),
    ...(typeof log === 'string' && log && { log }),
    ...(typeof tab === 'string' && tab && { tab }),
    ...(live === '1' && { live }),
  }
}
