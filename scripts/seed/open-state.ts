import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { migrate } from '../local/migrate.ts'

/**
 * The database of a state folder, of which no gateway may be running. A folder that is new, or behind, gets its tables
 * first.
 */
export async function openState(state: string): Promise<DatabaseSync> {
  await makeTables(state)
  for (const path of await readdir(state, { recursive: true })) {
    if (!path.endsWith('.sqlite') || !/(?:^|\/)d1\//.test(path)) continue
    const database = new DatabaseSync(`${state}/${path}`)
    if (hasRows(database)) return database
    database.close()
  }
  throw new Error(`${state} has no database of a gateway. Remove it, or name another folder.`)
}

/** A Worker that does nothing has the gateway's database. */
async function makeTables(state: string): Promise<void> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      modules: true,
      script: 'export default { fetch: () => new Response(null, { status: 204 }) }',
      d1Databases: { DB: 'gw' },
      resourcePersistencePath: resolve(state),
    }),
  )
  await migrate(await miniflare.getD1Database('DB'))
  await miniflare.dispose()
}

function hasRows(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'request_logs'").get() !== undefined
}
