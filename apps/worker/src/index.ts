import { createGateway, type LogRecord } from '@gw/gateway'
import { consumeLogs } from './consume-logs.ts'
import { createDeps } from './create-deps.ts'
import type { Env } from './env.ts'

export { LogOutbox } from './log-outbox.ts'

/** One gateway for each set of bindings, made on the isolate's first request. */
const gateways = new WeakMap<Env, ReturnType<typeof createGateway>>()

function gatewayOf(env: Env): ReturnType<typeof createGateway> {
  const made = gateways.get(env) ?? createGateway(createDeps(env))
  gateways.set(env, made)
  return made
}

/** Browsers ask for pages and files here; everything else is the gateway's. */
function isPage({ method, url }: Request): boolean {
  return method === 'GET' && !/^\/(?:v1|v1beta|api|client|health|ready|metrics)(?:\/|$)/.test(new URL(url).pathname)
}

/** A path without a file gets the gateway's error, which says where to go. */
async function servePage(request: Request, env: Env, execution: ExecutionContext): Promise<Response> {
  const page = await env.ASSETS.fetch(request)
  return page.status === 404 ? gatewayOf(env).fetch(request, env, execution) : page
}

export default {
  fetch: (request, env, execution) =>
    isPage(request) ? servePage(request, env, execution) : gatewayOf(env).fetch(request, env, execution),
  queue: (batch, env) => consumeLogs(batch, env.DB),
} satisfies ExportedHandler<Env, LogRecord>
