import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { generateRecords } from '../packages/gateway/src/demo/generate-records.ts'
import { companies, companyShape, gatewayIds, keyIdOf, userIdOf } from './seed/company-shape.ts'
import { insertRecords } from './seed/insert-records.ts'
import { openState } from './seed/open-state.ts'

const usage = `Usage: pnpm seed --state DIR [--rows N] [--days N] [--seed N] [--to ISO]

Fills a state folder with made-up requests of four organisations, through the database's own triggers: by default 1,000,000
of the last 90 days. No gateway may run on the folder meanwhile. The same arguments make the same rows.`

const { values } = parseArgs({
  options: {
    state: { type: 'string' },
    rows: { type: 'string', default: '1000000' },
    days: { type: 'string', default: '90' },
    seed: { type: 'string', default: '1' },
    to: { type: 'string', default: new Date().toISOString() },
    help: { type: 'boolean', default: false },
  },
})
const [rows, days, seed] = [Number(values.rows), Number(values.days), Number(values.seed)]
const to = Date.parse(values.to)
if (values.help || values.state === undefined || ![rows, days, seed, to].every(Number.isSafeInteger)) {
  console.log(usage)
  process.exit(values.help ? 0 : 2)
}

const database = await openState(values.state)
const start = performance.now()
const seconds = (): number => (performance.now() - start) / 1000
database.exec('PRAGMA synchronous = OFF')
addCompanies(database)
const shape = companyShape(seed)
const traffic = generateRecords({ seed, from: to - days * 86_400_000, to, count: rows, shape })
insertRecords(database, traffic, (count) => {
  console.log(`${count} rows, ${Math.round(count / seconds())} a second`)
})
database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
database.close()
console.log(`Done in ${Math.round(seconds())} s.`)

/** Whom the rows name. Nobody has the secrets of these keys. */
function addCompanies(target: DatabaseSync): void {
  const insert = (table: string, row: Record<string, string | number | null>): void => {
    const names = Object.keys(row)
    target
      .prepare(
        `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
      )
      .run(...Object.values(row))
  }
  for (const company of companies) {
    insert('orgs', { id: company.id, name: company.name, tier_id: 'BUSINESS', created_at: 0 })
    for (const id of gatewayIds) {
      insert('gateways', { org_id: company.id, id, settings: '{}', created_at: 0, modified_at: 0 })
    }
    for (let index = 0; index < company.keys; index += 1) {
      const [id, userId] = [keyIdOf(company, index), index % 2 === 0 ? null : userIdOf(company, index)]
      if (userId !== null) {
        insert('users', { id: userId, email: `${userId}@example.com`, name: `User ${index + 1}`, created_at: 0 })
        insert('memberships', { org_id: company.id, user_id: userId, role: 'member', created_at: 0 })
      }
      const hash = createHash('sha256').update(`nobody has ${id}`).digest('hex')
      const about = { name: `${company.name} key ${index + 1}`, hash, last_four: '----', created_at: 0 }
      insert('gateway_keys', { id, org_id: company.id, user_id: userId, ...about })
    }
  }
}
