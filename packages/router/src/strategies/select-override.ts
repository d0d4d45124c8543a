import { matchesPattern } from '../matches-pattern.ts'
import type { Override, Question } from './question.ts'

/** The override of a target for one field: that of its id, else that of the longest pattern that names it. */
export function selectOverride(
  overrides: Question['overrides'],
  id: string,
  field: keyof Override,
): number | undefined {
  if (!overrides) return undefined
  const own = Object.hasOwn(overrides, id) ? overrides[id]?.[field] : undefined
  if (own !== undefined) return own
  const [best] = Object.entries(overrides)
    .filter(([pattern, override]) => override[field] !== undefined && matchesPattern(pattern, id))
    .toSorted(([a], [b]) => b.length - a.length || (a < b ? -1 : 1))
  return best?.[1][field]
}
