import { parsePriceOverride } from '@gw/catalog'
import type { Kysely, Selectable } from 'kysely'
import type { OwnPrice, PriceStore } from '../money/price-store.ts'
import type { Database } from './database.ts'

/** Organisations' own prices in the database. */
export function createDbPriceStore(db: Kysely<Database>): PriceStore {
  return {
    list: async (orgId) => {
      const rows = await db
        .selectFrom('price_overrides')
        .selectAll()
        .where('org_id', '=', orgId)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(toPrice)
    },
    add: async ({ id, orgId, provider, model, prices, from = 0, createdAt }) => {
      const row = { id, org_id: orgId, provider, model, valid_from: from, created_at: createdAt }
      await db
        .insertInto('price_overrides')
        .values({ ...row, prices: JSON.stringify(prices) })
        .execute()
    },
    remove: async (orgId, id) => {
      const { numDeletedRows } = await db
        .deleteFrom('price_overrides')
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

function toPrice(row: Selectable<Database['price_overrides']>): OwnPrice {
  const { id, provider, model, prices, valid_from: from } = row
  const override = parsePriceOverride({ id, provider, model, prices: JSON.parse(prices), from })
  return { ...override, orgId: row.org_id, createdAt: row.created_at }
}
