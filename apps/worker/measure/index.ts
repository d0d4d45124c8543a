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

/** The Worker, whose answers also say what the database took for them: `gw-database-ms`. */
export default {
  fetch: async (request, env, execution) => {
    const durations: number[] = []
    const gateway = createGateway(createDeps({ ...env, DB: watch(env.DB, durations) }))
    const response = await gateway.fetch(request, env, execution)
    const measured = new Response(response.body, response)
    measured.headers.set('gw-database-ms', String(durations.reduce((sum, duration) => sum + duration, 0)))
    return measured
  },
} satisfies ExportedHandler<Env>
