import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** The part of a D1 database that migrations need. */
export interface MigratableDatabase {
  prepare(sql: string): {
    bind(...values: unknown[]): { run(): Promise<unknown> }
    run(): Promise<unknown>
    all<T>(): Promise<{ results: T[] }>
  }
}

const folder = fileURLToPath(new URL('../../packages/gateway/migrations/', import.meta.url))

/** Applies the migrations that the database does not have yet, in order; keeps the same table as `wrangler d1 migrations`. */
export async function migrate(database: MigratableDatabase): Promise<void> {
  await database
    .prepare(
      'CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, ' +
        'applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)',
    )
    .run()
  const { results } = await database.prepare('SELECT name FROM d1_migrations').all<{ name: string }>()
  const applied = new Set(results.map(({ name }) => name))
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql') && !applied.has(name)).toSorted()
  for (const name of names) {
    for (const statement of await readStatements(name)) await database.prepare(statement).run()
    await database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name).run()
  }
}

async function readStatements(name: string): Promise<string[]> {
  const text = await readFile(folder + name, 'utf8')
  const sql = text.replaceAll(/^--.*$/gm, '')
  // The statements of a trigger are indented, and belong together up to its END.
  return sql
    .split(/;\n+(?!\s|END\b)/)
    .map((statement) => statement.trim().replace(/;$/, ''))
    .filter((statement) => statement !== '')
}
