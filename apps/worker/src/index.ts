import type { LogRecord } from '@gw/gateway'
import { consumeLogs } from './consume-logs.ts'
import type { Env } from './env.ts'
import { gatewayOf } from './gateway-of.ts'
import { runScheduled } from './run-scheduled.ts'
import { isPage, servePage } from './serve-page.ts'

export { AlertDesk } from './alert-desk.ts'
export { CachedAnswer } from './cached-answer.ts'
export { HealthBoard } from './health-board.ts'
export { KeptText } from './kept-text.ts'
export { Ledger } from './ledger.ts'
export { LogOutbox } from './log-outbox.ts'
export { StreamRun } from './stream-run.ts'

export default {
  fetch: (request, env, execution) =>
    isPage(request) ? servePage(request, env, execution) : gatewayOf(env).fetch(request, env, execution),
  queue: (batch, env, execution) => consumeLogs(batch, env, execution),
  scheduled: ({ cron }, env) => runScheduled(cron, env),
} satisfies ExportedHandler<Env, LogRecord>
