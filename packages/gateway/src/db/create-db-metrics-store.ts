import { sql, type Kysely, type SqlBool } from 'kysely'
import { durationBounds } from '../analytics/histogram-bounds.ts'
import type { MetricsStore } from '../telemetry/metrics-store.ts'
import type { Database } from './database.ts'

const hourMs = 3_600_000

/** The hourly roll-up of all organisations. */
export function createDbMetricsStore(db: Kysely<Database>): MetricsStore {
  const counts = sql.join(durationBounds.map((bound) => sql`sum(${sql.ref(`duration_le_${bound}`)})`))
  return {
    byProvider: async (from) => {
      const rows = await db
        .selectFrom('usage_hourly')
        // Hour by hour of each organisation, so that the primary key finds them.
        .where(sql<SqlBool>`org_id IN (SELECT id FROM orgs)`)
        .where('hour', '>=', from - (from % hourMs))
        .groupBy(['provider', 'error_type'])
        .orderBy('provider')
        .orderBy('error_type')
        .select(({ fn }) => [
          'provider',
          'error_type',
          fn.sum<number>('requests').as('requests'),
          fn.sum<number>('input_tokens').as('input_tokens'),
          fn.sum<number>('output_tokens').as('output_tokens'),
          fn.sum<number>('cost_nano_usd').as('cost_nano_usd'),
          fn.sum<number>('duration_ms').as('duration_ms'),
          sql<string>`json_array(${counts})`.as('duration_counts'),
        ])
        .execute()
      return rows.map((row) => ({
        provider: row.provider,
        errorType: row.error_type,
        requests: row.requests,
        inputTokens: row.input_tokens,
        outputTokens: row.output_tokens,
        costNanoUsd: row.cost_nano_usd,
        durationMs: row.duration_ms,
        durationCounts: JSON.parse(row.duration_counts),
      }))
    },
  }
}
