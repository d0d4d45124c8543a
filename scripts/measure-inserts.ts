import { parseArgs } from 'node:util'
import { generateRecords } from '../packages/gateway/src/demo/generate-records.ts'
import { openD1 } from './measure/open-d1.ts'
import { companyShape } from './seed/company-shape.ts'
import { insertRecords } from './seed/insert-records.ts'
import { openState } from './seed/open-state.ts'

const usage = `Usage: pnpm measure-inserts --state DIR [--rounds N]

Fills folders within a new one with 0, 100,000, 500,000 and 1,000,000 rows, writes batches of 100 rows into each of them in turn,
and prints how long D1 takes. Takes some minutes and 2 GB.`

const { values } = parseArgs({
  options: {
    state: { type: 'string' },
    rounds: { type: 'string', default: '60' },
    help: { type: 'boolean', default: false },
  },
})
const { state } = values
const rounds = Number(values.rounds)
if (values.help || state === undefined || !Number.isInteger(rounds) || rounds < 10) {
  console.log(usage)
  process.exit(values.help ? 0 : 2)
}

const sizes = [0, 100_000, 500_000, 1_000_000]
const [batchSize, hourMs, periodMs] = [100, 3_600_000, 90 * 86_400_000]
const to = Math.floor(Date.now() / hourMs) * hourMs
const shape = companyShape(1)

const targets = []
for (const size of sizes) {
  const folder = `${state}/${size}`
  const database = await openState(folder)
  database.exec('PRAGMA synchronous = OFF')
  insertRecords(database, generateRecords({ seed: 1, from: to - periodMs, to, count: size, shape }), () => {})
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  const times: number[] = []
  targets.push({ size, times, ...(await openD1(folder)) })
  console.log(`${size} rows are there`)
}

const fresh = [...generateRecords({ seed: 2, from: to, to: to + hourMs, count: rounds * batchSize, shape })]
for (let round = 0; round < rounds; round += 1) {
  const batch = fresh.slice(round * batchSize, (round + 1) * batchSize)
  for (const { times, insert } of targets) times.push(await insert(batch))
}
for (const { size, times, close } of targets) {
  await close()
  // The first ones read the tables and compile the statements.
  const sorted = times.slice(3).toSorted((a, b) => a - b)
  const [median = 0, p95 = 0] = [0.5, 0.95].map((share) => sorted[Math.floor(share * sorted.length)])
  const line = `median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${Math.round((1000 * batchSize) / median)} rows a second`
  console.log(`${String(size).padStart(9)} rows, batches of ${batchSize}: ${line}`)
}
