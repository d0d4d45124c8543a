import { createAdminClient } from './local/admin-client.ts'
import { parseCommand } from './local/parse-command.ts'
import { parseTime } from './local/parse-time.ts'

const usage = `Usage: pnpm backfill --from ISO --to ISO [--org ID] [--step-hours N] [--url U] [--admin-key K]

Makes the hourly, daily and metadata roll-ups of a time anew from the rows. Times are such as 2026-11-01 or
2026-11-01T12:00:00Z and count as whole hours, --to is exclusive. Each step is whole or not at all, so it may be stopped and
started again at any time. Where a UTC day has very many rows, --step-hours 1 takes it by the hour. Rows that somebody has
deleted are not counted any more; hours whose rows are deleted for their age are refused.`

interface Page {
  rebuilt_hours: number
  next_cursor: string | null
}

const command = parseCommand({ usage, options: ['from', 'to', 'org', 'step-hours'] })
const { post } = createAdminClient(command)
const { org = 'default', 'step-hours': stepHours } = command.values
const period = {
  org_id: org,
  from: timeOf('from'),
  to: timeOf('to'),
  ...(stepHours !== undefined && { step_hours: Number(stepHours) }),
}

let hours = 0
for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
  const page: Page = await post<Page>('backfill', { ...period, cursor })
  hours += page.rebuilt_hours
  cursor = page.next_cursor
  console.log(`${hours} hours${cursor === null ? '' : `, up to ${new Date(Number(cursor)).toISOString()}`}`)
}
console.log('Done.')

function timeOf(name: 'from' | 'to'): number {
  const text = command.values[name] ?? ''
  const time = parseTime(text)
  if (time !== undefined) return time
  console.error(`--${name} "${text}" is no time: write it as 2026-11-01 or 2026-11-01T12:00:00Z.\n${usage}`)
  process.exit(2)
}
