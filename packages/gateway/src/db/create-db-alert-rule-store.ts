import type { Kysely } from 'kysely'
import type { AlertRule, AlertRuleStore } from '../alerts/alert-rule.ts'
import { ruleKindSchema, ruleSettingsSchema } from '../alerts/rule-settings-schema.ts'
import type { Database } from './database.ts'

/** Rules in the database. One that cannot be read is left out. */
export function createDbAlertRuleStore(db: Kysely<Database>): AlertRuleStore {
  return {
    list: async (orgId) => {
      const rows = await db
        .selectFrom('alert_rules')
        .selectAll()
        .where('owner', '=', ownerOf(orgId))
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.flatMap(toRule)
    },
    save: async (rule) => {
      const { owner, id, ...columns } = toRow(rule)
      await db
        .insertInto('alert_rules')
        .values({ owner, id, ...columns })
        .onConflict((conflict) => conflict.columns(['owner', 'id']).doUpdateSet(columns))
        .execute()
    },
    remove: async (orgId, id) => {
      const { numDeletedRows } = await db
        .deleteFrom('alert_rules')
        .where('owner', '=', ownerOf(orgId))
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
    ownersOf: async (kind) => {
      const rows = await db
        .selectFrom('alert_rules')
        .select('owner')
        .distinct()
        .where('kind', '=', kind)
        .where('is_enabled', '=', 1)
        .where('org_id', 'is not', null)
        .orderBy('owner')
        .execute()
      return rows.map(({ owner }) => owner)
    },
  }
}

/** No organisation has an empty id. */
const ownerOf = (orgId: string | null): string => orgId ?? ''

function toRow(rule: AlertRule): Database['alert_rules'] {
  const { id, orgId, kind, isEnabled, createdAt, updatedAt, ...settings } = rule
  return {
    owner: ownerOf(orgId),
    id,
    org_id: orgId,
    kind,
    is_enabled: Number(isEnabled),
    settings: JSON.stringify(settings),
    created_at: createdAt,
    updated_at: updatedAt,
  }
}

function toRule(row: Database['alert_rules']): AlertRule[] {
  const kind = ruleKindSchema.safeParse(row.kind)
  const settings = ruleSettingsSchema.safeParse(JSON.parse(row.settings))
  if (!kind.success || !settings.success) return []
  return [
    {
      ...settings.data,
      id: row.id,
      orgId: row.org_id,
      kind: kind.data,
      isEnabled: row.is_enabled === 1,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    },
  ]
}
