import type { AnalyticsStore, SeriesQuery } from './analytics-store.ts'
import { toTotals, type Totals } from './to-totals.ts'

/** Groups that stand for themselves in a series. */
const mostGroups = 8

/** One bucket of a series. */
export type SeriesPoint = { at: number; group: string | null } & Totals

/** Usage by time; of groups, the eight that cost most, and the rest as `other`. */
export async function readSeries(
  analytics: AnalyticsStore,
  query: Omit<SeriesQuery, 'groups'>,
): Promise<SeriesPoint[]> {
  const { groupBy } = query
  if (groupBy === undefined) return toPoints(await analytics.series(query), null)
  const first = await analytics.values({ ...query, key: groupBy, orderBy: 'cost', limit: mostGroups })
  return toPoints(await analytics.series({ ...query, groups: first.map(({ value }) => value) }), 'other')
}

type StoredPoint = Awaited<ReturnType<AnalyticsStore['series']>>[number]

const toPoints = (points: readonly StoredPoint[], rest: string | null): SeriesPoint[] =>
  points.map(({ at, group, usage }) => ({ at, group: group ?? rest, ...toTotals(usage) }))
