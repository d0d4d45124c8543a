import { createLookupCache } from '@gw/keys'
import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import type { Check } from './check.ts'
import { checkMasterKey } from './check-master-key.ts'

/** Anybody may ask, so that it is looked at this often at most, ms. */
const ttlMs = 2000

/** `/ready`: whether the database answers and the stored provider keys can be opened. */
export function readyRoute(deps: Deps): Hono {
  const cache = createLookupCache<Check[]>({ load: () => runChecks(deps), now: deps.now, ttlMs })
  const app = new Hono()
  app.get('/ready', async (c) => {
    const checks = (await cache.get('')) ?? []
    return checks.every(({ ok }) => ok) ? c.json({ status: 'ok' }) : c.json({ status: 'failing', checks }, 503)
  })
  return app
}

async function runChecks(deps: Deps): Promise<Check[]> {
  const database = await checkDatabase(deps)
  if (!database.ok) return [database]
  try {
    return [database, await checkMasterKey(deps.control)]
  } catch (error) {
    deps.report(error, 'ready')
    return [database, { name: 'master_key', ok: false, message: 'The stored provider keys cannot be read just now.' }]
  }
}

async function checkDatabase({ control, report }: Deps): Promise<Check> {
  const name = 'database'
  try {
    await control.orgs.find('default')
    return { name, ok: true, message: 'The database answers.' }
  } catch (error) {
    report(error, 'ready')
    const message = 'The database does not answer. Check that it is bound as DB and that its migrations are applied.'
    return { name, ok: false, message }
  }
}
