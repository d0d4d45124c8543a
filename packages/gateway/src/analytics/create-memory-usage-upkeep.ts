import type { LogRecord } from '../logs/log-record.ts'
import type { UsageUpkeep } from './usage-upkeep.ts'

/** Over rows in memory, which are rolled up at every query anew; for tests. */
export function createMemoryUsageUpkeep(records: Map<string, LogRecord>): UsageUpkeep {
  let deletedBefore = 0
  const remove = (matches: (record: LogRecord) => boolean, limit: number): number => {
    const ids = [...records.values()].filter(matches).map(({ id }) => id)
    const some = ids.slice(0, limit)
    for (const id of some) records.delete(id)
    return some.length
  }
  return {
    deletedBefore: async () => deletedBefore,
    deleteRows: async ({ before, limit }) => {
      deletedBefore = Math.max(deletedBefore, before)
      return remove(({ created_at }) => created_at < before, limit)
    },
    rebuild: async () => {},
    removeGateway: async ({ orgId, gatewayId, limit }) =>
      remove(({ org_id, gateway_id }) => org_id === orgId && gateway_id === gatewayId, limit),
  }
}
