import type { AnalyticsFilter } from '../analytics/analytics-store.ts'
import { isDimension, isMetadataKey } from '../analytics/dimensions.ts'
import { isAnswerable } from '../analytics/metadata-scope.ts'
import type { Deps } from '../deps.ts'
import type { LogFilter } from '../logs/log-filter.ts'
import type { LogCount, LogQuery } from '../logs/log-store.ts'

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000]
/** Of more than that, roll-ups count. */
const mostRowsMs = dayMs
const mostBars = 72

/** Counts rows over time: those of a day at most themselves, older ones in roll-ups. Without times, the last day. */
export async function logHistogram(
  query: Omit<LogQuery, 'limit'>,
  { logs, control, now }: Pick<Deps, 'logs' | 'control' | 'now'>,
) {
  const to = query.to ?? now()
  const from = query.from ?? to - dayMs
  const length = to - from
  if (length <= mostRowsMs) {
    const bucketMs = [1, 5, 15, 30].map((minutes) => minutes * minuteMs).find((ms) => length / ms <= mostBars) ?? hourMs
    return { bucket_ms: bucketMs, data: await logs.histogram({ ...query, from, to, bucketMs }), ignored: [] }
  }
  const { filters, ignored } = toRollUpFilters(query)
  const bucket = length <= 7 * dayMs ? 'hour' : 'day'
  const bucketMs = bucket === 'hour' ? hourMs : dayMs
  const period = { from: from - (from % hourMs), to: Math.ceil(to / hourMs) * hourMs }
  const points = await control.analytics.series({ orgId: query.orgId, ...period, filters, bucket })
  const data = points.map(({ at, usage: { requests, errors } }): LogCount => ({
    at,
    ok: requests - errors,
    error: errors,
  }))
  return { bucket_ms: bucketMs, data, ignored }
}

/** What roll-ups can answer, and the names of what they cannot. */
function toRollUpFilters({ gatewayId, filters = [], search = '' }: Omit<LogQuery, 'limit'>) {
  const own: LogFilter[] = gatewayId === undefined ? [] : [{ key: 'gateway_id', operator: 'eq', value: [gatewayId] }]
  const converted = [...own, ...filters].map((filter) => ({ filter, rolledUp: toRollUp(filter) }))
  const known = converted.flatMap(({ rolledUp }) => rolledUp ?? [])
  const kept = isAnswerable(known) ? known : known.filter(({ key }) => isDimension(key))
  const ignored = converted
    .filter(({ rolledUp }) => !rolledUp || !kept.includes(rolledUp))
    .map(({ filter }) => filter.key)
  return { filters: kept, ignored: [...new Set([...ignored, ...(search === '' ? [] : ['search'])])] }
}

function toRollUp({ key, operator, value }: LogFilter): AnalyticsFilter | undefined {
  if (operator === 'lt' || operator === 'gt') return undefined
  if (!isDimension(key) && !isMetadataKey(key)) return undefined
  return { key, operator, values: value.map((one) => (one === null ? '' : String(one))) }
}
