import { pruneAlerts } from '@gw/gateway'
import { createStores } from './create-stores.ts'
import { createWatchAlerts } from './create-watch-alerts.ts'
import type { Env } from './env.ts'

/** More desks than this are not woken in one minute. */
const mostDesks = 500

/**
 * Wakes the desks that no row wakes: where silence is an alert, where a message is due, and the operator's. Once an hour
 * history that is old goes.
 */
export async function watchAlerts(env: Env, now: number): Promise<void> {
  const { alerts, alertEvents: events } = createStores(env.DB, () => now)
  const [silent, open, waiting] = await Promise.all([
    alerts.rules.ownersOf('no_data'),
    alerts.incidents.countOpen(),
    alerts.deliveries.listWaiting(now),
  ])
  const owners = new Set([null, ...silent, ...open.map(({ orgId }) => orgId), ...waiting])
  const watch = createWatchAlerts(env, (error) => {
    throw error
  })
  await Promise.all([...owners].slice(0, mostDesks).map(watch))
  if (new Date(now).getUTCMinutes() === 0) await pruneAlerts({ ...alerts, events }, now)
}
