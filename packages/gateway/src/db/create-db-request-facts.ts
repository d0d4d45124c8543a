import { sql, type Kysely, type SqlBool } from 'kysely'
import type { AlertFilter } from '../alerts/alert-rule.ts'
import type { Failures, RequestFacts } from '../alerts/request-facts.ts'
import { idBoundOf } from '../analytics/id-bound-of.ts'
import type { Database } from './database.ts'

const hourMs = 3_600_000

/** Of more rows than these the latest are looked at. */
const mostRows = 5000

/** Finished requests in the database: the current hour and longer times from the roll-up, what is shorter from the rows. */
export function createDbRequestFacts(db: Kysely<Database>): RequestFacts {
  return {
    spend: async ({ orgId, filter, from }) => {
      const { cost } = await rollUpOf(db, orgId, filter)
        .where('hour', '>=', hourOf(from))
        .select(({ fn, lit }) => fn.coalesce(fn.sum<number>('cost_nano_usd'), lit(0)).as('cost'))
        .executeTakeFirstOrThrow()
      return cost
    },
    failures: (query) => (query.now - query.from > hourMs ? failuresByHour(db, query) : latestFailures(db, query)),
    lastRequestAt: async ({ orgId, filter, from }) => {
      const { hour } = await rollUpOf(db, orgId, filter)
        .where('hour', '>=', hourOf(from))
        .select(({ fn }) => fn.max<number | null>('hour').as('hour'))
        .executeTakeFirstOrThrow()
      if (hour === null) return undefined
      const last = await rowsOf(db, orgId, filter)
        .where('id', '>=', idBoundOf(hour))
        .select('created_at')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst()
      // Rows may be gone sooner than their hour.
      const at = last?.created_at ?? hour
      return at >= from ? at : undefined
    },
  }
}

/** The roll-up, hour by hour of each organisation, so that its primary key finds it. */
function rollUpOf(db: Kysely<Database>, orgId: string | null, filter: AlertFilter) {
  return db
    .selectFrom('usage_hourly')
    .where(orgId === null ? sql<SqlBool>`org_id IN (SELECT id FROM orgs)` : sql<SqlBool>`org_id = ${orgId}`)
    .where(holds(filter))
}

function rowsOf(db: Kysely<Database>, orgId: string | null, filter: AlertFilter) {
  return db
    .selectFrom('request_logs')
    .where(orgId === null ? sql<SqlBool>`true` : sql<SqlBool>`org_id = ${orgId}`)
    .where(holds(filter))
}

type FailureQuery = Parameters<RequestFacts['failures']>[0]

function failuresByHour(db: Kysely<Database>, { orgId, filter, from, errorType }: FailureQuery): Promise<Failures> {
  const failed = errorType === null ? sql<SqlBool>`error_type != ''` : sql<SqlBool>`error_type = ${errorType}`
  return rollUpOf(db, orgId, filter)
    .where('hour', '>=', hourOf(from))
    .select(({ fn, lit }) => [
      fn.coalesce(fn.sum<number>('requests'), lit(0)).as('requests'),
      sql<number>`coalesce(sum(CASE WHEN ${failed} THEN requests END), 0)`.as('errors'),
    ])
    .executeTakeFirstOrThrow()
}

function latestFailures(db: Kysely<Database>, { orgId, filter, from, errorType }: FailureQuery): Promise<Failures> {
  const failed = errorType === null ? sql`error_type IS NOT NULL` : sql`error_type = ${errorType}`
  const rows = rowsOf(db, orgId, filter)
    .where('id', '>=', idBoundOf(from))
    .orderBy('id', 'desc')
    .limit(mostRows)
    .select('error_type')
  return db
    .selectFrom(rows.as('rows'))
    .select(({ fn }) => [fn.countAll<number>().as('requests'), sql<number>`coalesce(sum(${failed}), 0)`.as('errors')])
    .executeTakeFirstOrThrow()
}

const hourOf = (at: number): number => at - (at % hourMs)

/** The columns have the same names in rows and roll-up. */
function holds({ gateway_id, provider, model, user_id, gateway_key_id }: AlertFilter) {
  const columns = Object.entries({ gateway_id, provider, model, user_id, gateway_key_id })
  const conditions = columns.flatMap(([column, value]) =>
    value === undefined ? [] : [sql<SqlBool>`${sql.ref(column)} = ${value}`],
  )
  return conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(conditions, sql` AND `)})`
}
