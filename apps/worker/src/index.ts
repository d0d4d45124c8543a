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

export default {
  fetch: (request, env, execution) => gatewayOf(env).fetch(request, env, execution),
  queue: (batch, env) => consumeLogs(batch, env.DB),
} satisfies ExportedHandler<Env, LogRecord>
