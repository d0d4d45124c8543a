import type { Database } from '@gw/gateway'
import { Kysely, SqliteAdapter } from 'kysely'
import { D1Dialect } from 'kysely-d1'

/**
 * kysely lets one query at a time through to SQLite. Its lock would pass from request to request, and a request that the
 * runtime ends within a query would keep it for ever; D1 takes any number of queries at once.
 */
class D1Adapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

class UnlockedD1Dialect extends D1Dialect {
  override createAdapter(): SqliteAdapter {
    return new D1Adapter()
  }
}

/** Queries in D1. */
export function createDb(database: D1Database): Kysely<Database> {
  return new Kysely<Database>({ dialect: new UnlockedD1Dialect({ database }) })
}
