import type { HealthState } from '@gw/router'
import type { HealthBoard } from './health-board.ts'
import { createHealthRecords, type HealthRecords } from './health-records.ts'

/** Health that is forgotten when the process ends. */
export function createMemoryHealthBoard({ now }: { now(): number }): HealthBoard {
  const orgs = new Map<string, HealthRecords>()
  const recordsOf = (orgId: string): HealthRecords => {
    const known = orgs.get(orgId)
    if (known) return known
    const states = new Map<string, HealthState>()
    const records = createHealthRecords({
      all: () => states,
      set: (target, state) => void states.set(target, state),
      delete: (target) => void states.delete(target),
    })
    orgs.set(orgId, records)
    return records
  }
  return {
    exchange: async (orgId, outcomes) => recordsOf(orgId).exchange(outcomes, now()),
    claimProbe: async (orgId, target) => recordsOf(orgId).claimProbe(target, now()),
  }
}
