import { createAdminClient } from './local/admin-client.ts'
import { parseCommand } from './local/parse-command.ts'

const usage = `Usage: pnpm reprice --from ISO --to ISO [--org ID] [--url U] [--admin-key K]

Computes the cost of the rows of a time anew, from today's price data and the organisation's own prices. Times are such as
2026-11-01 or 2026-11-01T12:00:00Z, --to is exclusive. It may be stopped and started again at any time.`

interface Page {
  repriced: number
  changed: number
  unpriced: number
  next_cursor: string | null
}

const command = parseCommand({ usage, options: ['from', 'to', 'org'] })
const { post } = createAdminClient(command)
const { org = 'default' } = command.values
const period = { org_id: org, from: parseTime('from'), to: parseTime('to') }

const counts = { repriced: 0, changed: 0, unpriced: 0 }
for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
  const page: Page = await post<Page>('reprice', { ...period, cursor })
  counts.repriced += page.repriced
  counts.changed += page.changed
  counts.unpriced += page.unpriced
  cursor = page.next_cursor
  console.log(`${counts.repriced} computed, ${counts.changed} changed, ${counts.unpriced} without a known price`)
}
console.log(
  counts.unpriced === 0
    ? 'Done.'
    : 'Done. Rows without a known price keep what they have: set a price (POST /api/prices) and run this again.',
)

/** A day, or a moment with its offset; a time without one would mean something else on each machine. */
function parseTime(name: 'from' | 'to'): number {
  const text = command.values[name] ?? ''
  const isIso = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text)
  const time = isIso ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return time
  console.error(`--${name} "${text}" is no time: write it as 2026-11-01 or 2026-11-01T12:00:00Z.\n${usage}`)
  process.exit(2)
}
