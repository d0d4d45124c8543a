import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { GatewayStore } from '../gateways/gateway-store.ts'
import type { Database } from './database.ts'

const settingsSchema = z.object({
  retry_max_attempts: z.number().int().min(1).max(5).optional(),
  retry_delay: z.number().int().min(0).max(5000).optional(),
  retry_backoff: z.enum(['constant', 'linear', 'exponential']).optional(),
  collect_logs: z.boolean().optional(),
  rate_limiting_limit: z.number().int().min(0).nullable().optional(),
  rate_limiting_interval: z.number().int().min(0).nullable().optional(),
  rate_limiting_technique: z.enum(['fixed', 'sliding']).nullable().optional(),
  free_fallback: z.boolean().optional(),
  on_client_gone: z.enum(['drain', 'cancel']).optional(),
  neurons_past_limit: z.enum(['paid', 'error']).optional(),
})

/** Gateways in the database. A row whose settings cannot be read works with the defaults. */
export function createDbGatewayStore(db: Kysely<Database>): GatewayStore {
  return {
    find: async (orgId, id) => {
      const row = await db
        .selectFrom('gateways')
        .select('settings')
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && { orgId, id, settings: readSettings(row.settings) }
    },
  }
}

function readSettings(text: string): z.output<typeof settingsSchema> {
  try {
    return settingsSchema.catch({}).parse(JSON.parse(text))
  } catch {
    return {}
  }
}
