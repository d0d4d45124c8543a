import type { LogRecord } from '@gw/gateway'
import { consumeLogs } from './consume-logs.ts'
import type { Env } from './env.ts'
import { gatewayOf } from './gateway-of.ts'

export { CachedAnswer } from './cached-answer.ts'
export { HealthBoard } from './health-board.ts'
export { KeptText } from './kept-text.ts'
export { Ledger } from './ledger.ts'
export { LogOutbox } from './log-outbox.ts'
export { StreamRun } from './stream-run.ts'

/** Browsers ask for pages and files here; everything else is the gateway's. */
function isPage({ method, url }: Request): boolean {
  return (
    method === 'GET' &&
    !/^\/(?:v1|v1beta|api|ai|ai-api|ai-gateway|client|health|ready|metrics)(?:\/|$)/.test(new URL(url).pathname)
  )
}

/** A path without a file gets the gateway's error, which says where to go. */
async function servePage(request: Request, env: Env, execution: ExecutionContext): Promise<Response> {
  const page = await env.ASSETS.fetch(request)
  return page.status === 404 ? gatewayOf(env).fetch(request, env, execution) : page
}

export default {
  fetch: (request, env, execution) =>
    isPage(request) ? servePage(request, env, execution) : gatewayOf(env).fetch(request, env, execution),
  queue: (batch, env) => consumeLogs(batch, env),
} satisfies ExportedHandler<Env, LogRecord>
