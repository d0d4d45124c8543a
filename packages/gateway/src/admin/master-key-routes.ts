import { rotateMasterKey } from '@gw/keys'
import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { readBody } from './read-body.ts'
import { requireVault } from './require-vault.ts'

const step = z.strictObject({ limit: z.number().int().min(1).max(1000).default(100) })

/** The key that wraps the data keys of all stored provider keys. */
export function masterKeyRoutes(deps: Deps): Hono {
  const { providerKeys: store } = deps.control
  const app = new Hono()
  app.get('/master-key', async (c) => {
    const { version } = requireVault(deps)
    return c.json({ version, other_versions: await store.countOtherVersions(version) })
  })
  app.post('/master-key/rotate', async (c) => {
    const { limit } = await readBody(c, step)
    return c.json(await rotateMasterKey({ store, vault: requireVault(deps), limit }))
  })
  return app
}
