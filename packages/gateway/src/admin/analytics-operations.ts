import * as z from 'zod'
import { readBreakdown } from '../analytics/read-breakdown.ts'
import { readForecast } from '../analytics/read-forecast.ts'
import { readSeries } from '../analytics/read-series.ts'
import { toTotals } from '../analytics/to-totals.ts'
import type { Deps } from '../deps.ts'
import { operation } from './api/operation.ts'
import { filtersSchema } from './filters-schema.ts'
import { toAnalyticsFilters, toGroupKey } from './to-analytics-filters.ts'
import { toPeriod } from './to-period.ts'
import { totalsSchema } from './totals-schema.ts'

const tag = 'Analytics'
const time = z.coerce.number().int().min(0).max(8_640_000_000_000_000).optional()
const period = { from: time, to: time }
const bucketSchema = z.enum(['hour', 'day'])
/** Stands for the names of all entries. */
const metadataNames = 'metadata' as const
/** Up to so long, a series comes by the hour unless it says otherwise. */
const hourlyMs = 3 * 86_400_000

/** What requests came to, from roll-ups alone, and so without a look at rows. */
export function analyticsOperations(deps: Deps) {
  const { analytics } = deps.control
  return [
    operation(
      {
        method: 'GET',
        path: '/analytics/summary',
        tag,
        access: 'viewer',
        summary: 'What a period came to, and the equally long one before it.',
        query: z.strictObject({ ...period, filters: filtersSchema }),
        answer: z.object({ from: z.number(), to: z.number(), current: totalsSchema, previous: totalsSchema }),
      },
      async ({ org, query }) => {
        const { from, to } = toPeriod(query, deps.now())
        const scope = { orgId: org.id, filters: toAnalyticsFilters(query.filters) }
        const [current, previous] = await Promise.all([
          analytics.totals({ ...scope, from, to }),
          analytics.totals({ ...scope, from: Math.max(from - (to - from), 0), to: from }),
        ])
        return { from, to, current: toTotals(current), previous: toTotals(previous) }
      },
    ),
    operation(
      {
        method: 'GET',
        path: '/analytics/series',
        tag,
        access: 'viewer',
        summary: 'A period by the hour or UTC day, by group too; buckets without requests are left out.',
        query: z.strictObject({
          ...period,
          bucket: bucketSchema.optional(),
          group_by: z.string().optional(),
          filters: filtersSchema,
        }),
        answer: z.object({
          bucket: bucketSchema,
          data: z.array(totalsSchema.extend({ at: z.number(), group: z.string().nullable() })),
        }),
      },
      async ({ org, query }) => {
        const asked = toPeriod(query, deps.now())
        const bucket = query.bucket ?? (asked.to - asked.from <= hourlyMs ? 'hour' : 'day')
        const groupBy = query.group_by === undefined ? undefined : toGroupKey('group_by', query.group_by)
        const filters = toAnalyticsFilters(query.filters, groupBy)
        return { bucket, data: await readSeries(analytics, { orgId: org.id, ...asked, filters, bucket, groupBy }) }
      },
    ),
    operation(
      {
        method: 'GET',
        path: '/analytics/breakdown',
        tag,
        access: 'viewer',
        summary: 'A period by group, the largest first, and the rest together.',
        query: z.strictObject({
          ...period,
          group_by: z.string(),
          order_by: z.enum(['cost', 'requests', 'errors', 'tokens', 'saved']).default('cost'),
          limit: z.coerce.number().int().min(1).max(1000).default(20),
          filters: filtersSchema,
        }),
        answer: z.object({
          data: z.array(totalsSchema.extend({ value: z.string() })),
          other: totalsSchema.nullable(),
        }),
      },
      async ({ org, query }) => {
        const groupBy = toGroupKey('group_by', query.group_by)
        const filters = toAnalyticsFilters(query.filters, groupBy)
        const scope = { orgId: org.id, ...toPeriod(query, deps.now()), filters }
        return readBreakdown(analytics, { ...scope, groupBy, orderBy: query.order_by, limit: query.limit })
      },
    ),
    operation(
      {
        method: 'GET',
        path: '/analytics/forecast',
        tag,
        access: 'viewer',
        summary: 'What this UTC month has cost, and will have cost: so far, and the mean of the last seven full days.',
        query: z.strictObject({ filters: filtersSchema }),
        answer: z.object({
          month_to_date_nano_usd: z.number(),
          forecast_nano_usd: z.number(),
          from: z.number(),
          to: z.number(),
        }),
      },
      async ({ org, query }) =>
        readForecast(analytics, { orgId: org.id, filters: toAnalyticsFilters(query.filters), now: deps.now() }),
    ),
    operation(
      {
        method: 'GET',
        path: '/analytics/values',
        tag,
        access: 'viewer',
        summary: 'The values that a key has in a period; of the key `metadata`, the names of its entries.',
        query: z.strictObject({
          ...period,
          key: z.string(),
          limit: z.coerce.number().int().min(1).max(1000).default(100),
        }),
        answer: z.object({ data: z.array(z.object({ value: z.string(), requests: z.number() })) }),
      },
      async ({ org, query }) => {
        const key = query.key === metadataNames ? metadataNames : toGroupKey('key', query.key)
        const asked = { orgId: org.id, ...toPeriod(query, deps.now()), filters: [], key, limit: query.limit }
        return { data: await analytics.values({ ...asked, orderBy: 'requests' }) }
      },
    ),
  ] as const
}
