import { parseRangeSearch, type RangeSearch } from '../../time-range/time-range.ts'

/** What of the Audit page is in its URL. */
export interface AuditSearch extends RangeSearch {
  /** Whose changes: a user's id, or `operator`. */
  actor?: string | undefined
  /** Part of what was done. */
  action?: string | undefined
  /** The gateway as a whole, in place of the organisation. */
  system?: '1' | undefined
  /** The change that is open. */
  entry?: string | undefined
}

/** Reads the URL; anything else in it is left out. */
export function parseAuditSearch(search: Readonly<Record<string, unknown>>): AuditSearch {
  const { actor, action, system, entry } = search
  return {
    ...parseRangeSearch(search),
    ...(typeof actor === 'string' && actor && { actor }),
    ...(typeof action === 'string' && action && { action }),
    ...(system === '1' && { system }),
    ...(typeof entry === 'string' && entry && { entry }),
  }
}
