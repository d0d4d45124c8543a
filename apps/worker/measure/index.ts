import { createGateway } from '@gw/gateway'
import * as z from 'zod'
import { createDeps } from '../src/create-deps.ts'
import type { Env } from '../src/env.ts'

export * from '../src/index.ts'

/** A database that notes how long it took for each statement by its own account, ms. */
function watch(database: D1Database, durations: number[]): D1Database {
  const prepare = (query: string) => ({
    bind: (...values: unknown[]) => ({
      all: async () => {
        const result = await database
          .prepare(query)
          .bind(...values)
          .all()
        durations.push(result.meta.duration)
        return result
      },
    }),
  })
  return z.custom<D1Database>().parse({ prepare })
}

type Measured = Pick<ReturnType<typeof createGateway>, 'fetch'> & { durations: number[] }

const gateways = new WeakMap<Env, Measured>()

function measuredGatewayOf(env: Env): Measured {
  const known = gateways.get(env)
  if (known) return known
  const durations: number[] = []
  const gateway = createGateway(createDeps({ ...env, DB: watch(env.DB, durations) }))
  const made = { fetch: gateway.fetch, durations }
  gateways.set(env, made)
  return made
}

/** The Worker, whose answers also say what the database took for them: `gw-database-ms`. For one request at a time. */
export default {
  fetch: async (request, env, execution) => {
    const { fetch, durations } = measuredGatewayOf(env)
    durations.length = 0
    const response = await fetch(request, env, execution)
    const measured = new Response(response.body, response)
    measured.headers.set('gw-database-ms', String(durations.reduce((sum, duration) => sum + duration, 0)))
    return measured
  },
} satisfies ExportedHandler<Env>
