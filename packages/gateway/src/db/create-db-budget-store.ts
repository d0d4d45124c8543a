import type { Kysely, Selectable } from 'kysely'
import * as z from 'zod'
import type { Budget, BudgetStore } from '../budgets/budget.ts'
import type { Database } from './database.ts'

const words = z.object({
  scope: z.enum(['org', 'user', 'gateway_key', 'gateway', 'route']),
  period: z.enum(['day', 'month', 'total']),
  mode: z.enum(['hard', 'warn']),
})

/** Budgets in the database. */
export function createDbBudgetStore(db: Kysely<Database>): BudgetStore {
  return {
    list: async (orgId) => {
      const rows = await db
        .selectFrom('budgets')
        .selectAll()
        .where('org_id', '=', orgId)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(toBudget)
    },
    add: async (budget) => {
      await db.insertInto('budgets').values(toRow(budget)).execute()
    },
    update: async (orgId, id, { name, limitNanoUsd, mode, disabledAt }) => {
      const { numUpdatedRows } = await db
        .updateTable('budgets')
        .set({
          id,
          ...(name !== undefined && { name }),
          ...(limitNanoUsd !== undefined && { limit_nano_usd: limitNanoUsd }),
          ...(mode !== undefined && { mode }),
          ...(disabledAt !== undefined && { disabled_at: disabledAt }),
        })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    remove: async (orgId, id) => {
      const { numDeletedRows } = await db
        .deleteFrom('budgets')
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

function toBudget(row: Selectable<Database['budgets']>): Budget {
  return {
    id: row.id,
    orgId: row.org_id,
    name: row.name,
    scopeId: row.scope_id,
    limitNanoUsd: row.limit_nano_usd,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
    ...words.parse(row),
  }
}

function toRow(budget: Budget): Database['budgets'] {
  return {
    id: budget.id,
    org_id: budget.orgId,
    name: budget.name,
    scope: budget.scope,
    scope_id: budget.scopeId,
    period: budget.period,
    limit_nano_usd: budget.limitNanoUsd,
    mode: budget.mode,
    created_at: budget.createdAt,
    disabled_at: budget.disabledAt,
  }
}
