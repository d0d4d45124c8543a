import { deleteOldBodies } from './delete-old-bodies.ts'
import { deleteOldRows } from './delete-old-rows.ts'
import type { Env } from './env.ts'
import { watchAlerts } from './watch-alerts.ts'

interface Job {
  name: string
  /** One of `triggers.crons` in wrangler.jsonc. */
  cron: string
  run(env: Env): Promise<unknown>
}

/** What happens by itself. */
const jobs: readonly Job[] = [
  { name: 'delete old rows', cron: '*/5 * * * *', run: deleteOldRows },
  { name: 'delete old bodies', cron: '*/5 * * * *', run: deleteOldBodies },
  { name: 'watch alerts', cron: '* * * * *', run: (env) => watchAlerts(env, Date.now()) },
]

/** Runs the jobs of a cron; one that fails is reported, and keeps no other from its turn. @throws when any has failed */
export async function runScheduled(cron: string, env: Env): Promise<void> {
  const due = jobs.filter((job) => job.cron === cron)
  const results = await Promise.allSettled(due.map((job) => job.run(env)))
  const failures = results.flatMap((result, index) =>
    result.status === 'rejected' ? [new Error(`Job "${due[index]?.name}" failed.`, { cause: result.reason })] : [],
  )
  // oxlint-disable-next-line no-console -- Workers Logs reads the console
  for (const failure of failures) console.error(failure)
  if (failures.length > 0)
    throw new AggregateError(failures, 'A scheduled job failed; it runs again with the next cron.')
}
