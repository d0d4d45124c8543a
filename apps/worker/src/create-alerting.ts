import { createAlerts, type AlertEventStore, type Deps } from '@gw/gateway'
import { createSendEmail } from './create-send-email.ts'
import { createWatchAlerts } from './create-watch-alerts.ts'
import type { Env } from './env.ts'

/** How the gateway tells somebody: what happens is kept, and a desk looks at it soon. */
export function createAlerting(
  env: Env,
  store: AlertEventStore,
  report: (error: unknown) => void,
): Pick<Deps, 'alert' | 'watchAlerts' | 'sendEmail'> {
  const keep = createAlerts({ store, report })
  const watchAlerts = createWatchAlerts(env, report)
  const sendEmail = createSendEmail(env)
  return {
    alert: async (event) => {
      await keep(event)
      await watchAlerts(event.orgId)
    },
    watchAlerts,
    ...(sendEmail && { sendEmail }),
  }
}
