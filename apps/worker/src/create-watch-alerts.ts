import type { Env } from './env.ts'

/** Less than what a desk waits for its further look, so that nothing is missed. Ms. */
const mostOftenMs = 4000

/** More owners than one isolate sees in that time. */
const mostRemembered = 5000

const asked = new Map<string, number>()

/** Asks an owner's desk for a look, not too often. Never rejects: cron asks again. */
export function createWatchAlerts({ ALERTS }: Pick<Env, 'ALERTS'>, report: (error: unknown) => void) {
  return async (orgId: string | null): Promise<void> => {
    const name = deskName(orgId)
    const now = Date.now()
    if (now - (asked.get(name) ?? -Infinity) < mostOftenMs) return
    if (asked.size >= mostRemembered) asked.clear()
    asked.set(name, now)
    try {
      await ALERTS.get(ALERTS.idFromName(name)).watch(orgId)
    } catch (error) {
      asked.delete(name)
      report(error)
    }
  }
}

/** No organisation's name runs into the operator's. */
export function deskName(orgId: string | null): string {
  return orgId === null ? 'operator' : `org:${orgId}`
}
