import { sql, type Insertable, type Kysely, type Selectable, type Updateable } from 'kysely'
import type { Tier, TierChange, TierStore } from '../people/tier-store.ts'
import type { Database } from './database.ts'

type Row = Database['tiers']

/** Tiers in the database. */
export function createDbTierStore(db: Kysely<Database>): TierStore {
  const find = async (id: string): Promise<Tier | undefined> => {
    const row = await db.selectFrom('tiers').selectAll().where('id', '=', id).executeTakeFirst()
    return row && toTier(row)
  }
  return {
    find,
    list: async () => (await db.selectFrom('tiers').selectAll().orderBy('id').execute()).map(toTier),
    add: async (tier) => {
      await db.insertInto('tiers').values(toRow(tier)).execute()
    },
    update: async (id, change) => {
      const columns = { name: sql.ref<string>('name'), ...toColumns(change) }
      const { numUpdatedRows } = await db.updateTable('tiers').set(columns).where('id', '=', id).executeTakeFirst()
      return numUpdatedRows > 0n
    },
    remove: async (id) => {
      const { numDeletedRows } = await db
        .deleteFrom('tiers')
        .where('id', '=', id)
        .where(({ exists, not, selectFrom }) =>
          not(exists(selectFrom('orgs').select('orgs.id').whereRef('orgs.tier_id', '=', 'tiers.id'))),
        )
        .where(({ exists, not, selectFrom }) =>
          not(exists(selectFrom('users').select('users.id').whereRef('users.tier_id', '=', 'tiers.id'))),
        )
        .where(({ exists, not, selectFrom }) =>
          not(
            exists(
              selectFrom('provider_keys').select('provider_keys.id').whereRef('provider_keys.tier_id', '=', 'tiers.id'),
            ),
          ),
        )
        .executeTakeFirst()
      if (numDeletedRows > 0n) return 'removed'
      return (await find(id)) ? 'in_use' : 'not_found'
    },
  }
}

function toTier(row: Selectable<Row>): Tier {
  return {
    id: row.id,
    name: row.name,
    requestsPerDay: row.requests_per_day,
    requestsPerMinute: row.requests_per_minute,
    tokensPerMinute: row.tokens_per_minute,
  }
}

function toRow(tier: Tier): Insertable<Row> {
  return {
    id: tier.id,
    name: tier.name,
    requests_per_day: tier.requestsPerDay,
    requests_per_minute: tier.requestsPerMinute,
    tokens_per_minute: tier.tokensPerMinute,
  }
}

function toColumns({ name, requestsPerDay, requestsPerMinute, tokensPerMinute }: TierChange): Updateable<Row> {
  return {
    ...(name !== undefined && { name }),
    ...(requestsPerDay !== undefined && { requests_per_day: requestsPerDay }),
    ...(requestsPerMinute !== undefined && { requests_per_minute: requestsPerMinute }),
    ...(tokensPerMinute !== undefined && { tokens_per_minute: tokensPerMinute }),
  }
}
