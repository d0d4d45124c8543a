import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { startGateway } from './local/start-gateway.ts'
import { listQueries, type MeasuredQuery } from './measure/list-queries.ts'

const usage = `Usage: pnpm measure-queries --state DIR [--org ID] [--runs N] [--most MS] [--only TEXT]

Starts a gateway on a state folder that pnpm seed has filled, asks it everything that the dashboard asks, N times (30), and
prints medians of what D1 took by its own account, and of the whole answer. Ends with 1 where a median of D1's is above --most
(50). --only takes the queries whose names have a text in them.`

const { values } = parseArgs({
  options: {
    state: { type: 'string' },
    org: { type: 'string', default: 'default' },
    runs: { type: 'string', default: '30' },
    most: { type: 'string', default: '50' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
})
const [runs, most] = [Number(values.runs), Number(values.most)]
if (values.help || values.state === undefined || !Number.isInteger(runs) || runs < 1 || Number.isNaN(most)) {
  console.log(usage)
  process.exit(values.help ? 0 : 2)
}

const adminKey = randomBytes(24).toString('base64url')
const gateway = await startGateway({
  port: 0,
  state: values.state,
  adminKey,
  upstreams: {},
  measures: true,
  env: { GW_MASTER_KEY: randomBytes(32).toString('base64') },
})

const queries = listQueries(values.org, await findNewest()).filter(({ name }) => name.includes(values.only))
let slowest = 0
for (const query of queries) {
  const { database, whole } = await timesOf(query)
  slowest = Math.max(slowest, medianOf(database))
  const [inDatabase, inAll] = [database, whole].map((times) => medianOf(times).toFixed(1).padStart(6))
  console.log(`${query.name.padEnd(44)} D1 ${inDatabase} ms   whole answer ${inAll} ms`)
}
console.log(`\n${queries.length} queries, ${runs} runs each; slowest median in D1 ${slowest.toFixed(1)} ms`)
await gateway.stop()
process.exit(slowest <= most ? 0 : 1)

interface Times {
  database: number[]
  whole: number[]
}

async function timesOf({ path }: MeasuredQuery): Promise<Times> {
  const times: Times = { database: [], whole: [] }
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now()
    const { databaseMs } = await ask(path)
    times.whole.push(performance.now() - start)
    times.database.push(databaseMs)
  }
  return times
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}

async function ask(path: string): Promise<{ text: string; databaseMs: number }> {
  const response = await fetch(`${gateway.url}/api/${path}`, { headers: { authorization: `Bearer ${adminKey}` } })
  const text = await response.text()
  if (response.ok) return { text, databaseMs: Number(response.headers.get('gw-database-ms')) }
  throw new Error(`${path} answered ${response.status}: ${text.slice(0, 300)}`)
}

/** When the newest row was made. */
async function findNewest(): Promise<number> {
  const { text } = await ask(`logs?limit=1&org_id=${encodeURIComponent(values.org)}`)
  const { data }: { data: { created_at: number }[] } = JSON.parse(text)
  const [newest] = data
  if (newest) return newest.created_at
  throw new Error(`${values.state} has no rows. Fill it first: pnpm seed --state ${values.state}`)
}
