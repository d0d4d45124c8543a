import { useQuery } from '@tanstack/react-query'
import { apiQuery } from '../api/api-query.ts'
import { useSession } from '../session/use-session.ts'
import { findKeyByWord } from './filter-keys.ts'
import type { FacetValue } from './suggest-filters.ts'

const weekMs = 7 * 86_400_000
const hourMs = 3_600_000

/** The values that the key of a half-written condition had in the last week, most frequent first. */
export function useFacetValues(word: string): readonly FacetValue[] {
  const { org } = useSession()
  const [, name = ''] = /^-?([^:]+):/.exec(word) ?? []
  const known = findKeyByWord(name)
  const to = (Math.floor(Date.now() / hourMs) + 1) * hourMs
  const query = apiQuery('GET /analytics/values', {
    query: { org_id: org.id, key: known?.key ?? '', from: to - weekMs, to },
  })
  const { data } = useQuery({ ...query, enabled: known?.isDimension === true, retry: false })
  return data?.data ?? none
}

const none: readonly FacetValue[] = []
