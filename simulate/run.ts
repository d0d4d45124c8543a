import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { formatTable } from './format-table.ts'
import { replaceBetween } from './replace-between.ts'
import { simulateDay } from './simulate-day.ts'

const usage = 'Usage: pnpm simulate [--requests N] [--seed S] [--dry]'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string', default: 'gw' },
    dry: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const requests = Number(values.requests)
const isWrong = !(Number.isInteger(requests) && requests > 0)
if (values.help || isWrong) {
  say(isWrong ? `Requests is a whole number from 1.\n${usage}` : usage)
  process.exit(isWrong ? 2 : 0)
}

const table = formatTable(simulateDay(values.seed, requests))
say(table)
if (!values.dry) {
  const page = new URL('../docs/routing.md', import.meta.url)
  const title = `${requests.toLocaleString('en')} requests, seed \`${values.seed}\`:`
  await writeFile(page, replaceBetween(await readFile(page, 'utf8'), 'simulation', `${title}\n\n${table}`))
  say('\nwritten to docs/routing.md')
}
