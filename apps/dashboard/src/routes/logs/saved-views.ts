import { createPreference } from '../../preferences/create-preference.ts'
import { parseRangeSearch, type RangeSearch } from '../../time-range/time-range.ts'

/** A search that somebody wants to see again. */
export interface SavedView extends RangeSearch {
  name: string
  q: string
}

/** Reads what is stored, and leaves out what is no view. */
export function parseSavedViews(text: string | null): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(stored) ? stored.flatMap(toView) : []
  } catch {
    return []
  }
}

function toView(stored: unknown): SavedView[] {
  if (typeof stored !== 'object' || stored === null) return []
  const fields = Object.fromEntries(Object.entries(stored))
  const { name, q } = fields
  return typeof name === 'string' && typeof q === 'string' ? [{ name, q, ...parseRangeSearch(fields) }] : []
}

/** The list with one more; a view of the same name is replaced. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...views.filter(({ name }) => name !== view.name), view]
}

/** The views of this browser. */
export const savedViews = createPreference<readonly SavedView[]>({
  key: 'gw.log-views',
  parse: parseSavedViews,
  format: JSON.stringify,
})
