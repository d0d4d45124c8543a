import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { startGateway } from './local/start-gateway.ts'
import { listQueries, type MeasuredQuery } from './measure/list-queries.ts'

const usage = `Usage: pnpm measure-queries --state DIR [--org ID] [--runs N] [--most MS]

Starts a gateway on a state folder that pnpm seed has filled, asks it everything that the dashboard asks, N times (30), and
prints medians of the whole answer: Worker, database and JSON. Ends with 1 where a median is above --most (50).`

const { values } = parseArgs({
  options: {
    state: { type: 'string' },
    org: { type: 'string', default: 'default' },
    runs: { type: 'string', default: '30' },
    most: { type: 'string', default: '50' },
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
  env: { GW_MASTER_KEY: randomBytes(32).toString('base64') },
})

const queries = listQueries(values.org, await findNewest())
let slowest = 0
for (const query of queries) {
  const times = await timesOf(query)
  const [median = 0, p95 = 0] = [0.5, 0.95].map((share) => times[Math.floor(share * times.length)])
  slowest = Math.max(slowest, median)
  console.log(`${query.name.padEnd(44)} ${median.toFixed(1).padStart(7)} ms   p95 ${p95.toFixed(1).padStart(7)} ms`)
}
console.log(`\n${queries.length} queries, ${runs} runs each; slowest median ${slowest.toFixed(1)} ms`)
await gateway.stop()
process.exit(slowest <= most ? 0 : 1)

async function timesOf({ path }: MeasuredQuery): Promise<number[]> {
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now()
    await ask(path)
    times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)
}

async function ask(path: string): Promise<string> {
  const response = await fetch(`${gateway.url}/api/${path}`, { headers: { authorization: `Bearer ${adminKey}` } })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 300)}`)
  return text
}

/** When the newest row was made. */
async function findNewest(): Promise<number> {
  const { data }: { data: { created_at: number }[] } = JSON.parse(
    await ask(`logs?limit=1&org_id=${encodeURIComponent(values.org)}`),
  )
  const [newest] = data
  if (newest) return newest.created_at
  throw new Error(`${values.state} has no rows. Fill it first: pnpm seed --state ${values.state}`)
}
