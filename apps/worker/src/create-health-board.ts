import type { HealthBoard } from '@gw/gateway'
import type { Env } from './env.ts'

/** Each organisation's health in a Durable Object of its own. */
export function createHealthBoard({ HEALTH }: Pick<Env, 'HEALTH'>): HealthBoard {
  // After an exception a stub may stay broken, so each call has its own.
  const open = (orgId: string) => HEALTH.get(HEALTH.idFromName(orgId))
  return {
    exchange: async (orgId, outcomes) => open(orgId).exchange(outcomes),
    claimProbe: async (orgId, target) => open(orgId).claimProbe(target),
  }
}
