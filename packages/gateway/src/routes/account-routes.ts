import { Hono } from 'hono'
import type { Run } from '../binding/binding-routes.ts'
import { cloudflareDialect } from '../errors/cloudflare-dialect.ts'
import { compat } from '../surfaces/chat-surfaces.ts'
import { decodePath } from '../surfaces/decode-path.ts'
import { dynamicRouteSurface } from '../surfaces/dynamic-route.ts'
import { nativeSurface } from '../surfaces/native.ts'
import { rejectingSurface } from '../surfaces/rejecting-surface.ts'
import { responsesSurface } from '../surfaces/responses-surface.ts'
import { runSurface } from '../surfaces/run/run-surface.ts'
import type { Surface } from '../surfaces/surface.ts'
import { embeddings, moderations, rerank } from '../surfaces/tasks.ts'
import { universalSurface } from '../surfaces/universal.ts'
import { methodError } from './path-error.ts'
import { restOf } from './rest-of.ts'

/**
 * Cloudflare's `/v1/{account}/{gateway}`: the universal endpoint, the unified API, and each provider's own.
 * @see https://developers.cloudflare.com/ai-gateway/usage/
 */
export function accountRoutes(run: Run): Hono {
  const app = new Hono()
  for (const end of ['', '/']) {
    app.post(`/:account/:gateway${end}`, (c) =>
      run(c, { surface: universalSurface(), gatewayId: c.req.param('gateway') }),
    )
  }
  app.all('/:account/:gateway/compat/chat/completions', (c) => {
    const surface = c.req.method === 'POST' ? compat : rejectingSurface(cloudflareDialect, methodError('POST'))
    return run(c, { surface, gatewayId: c.req.param('gateway') })
  })
  app.post('/:account/:gateway/compat/responses', (c) =>
    run(c, { surface: responsesSurface(), gatewayId: c.req.param('gateway') }),
  )
  for (const [name, surface] of Object.entries({ embeddings, rerank, moderations })) {
    app.post(`/:account/:gateway/compat/${name}`, (c) => run(c, { surface, gatewayId: c.req.param('gateway') }))
  }
  for (const end of ['', '/chat/completions']) {
    app.post(`/:account/:gateway/dynamic/:route${end}`, (c) =>
      run(c, { surface: dynamicRouteSurface(c.req.param('route')), gatewayId: c.req.param('gateway') }),
    )
  }
  app.all('/:account/:gateway/:provider/*', (c) => {
    const { gateway, provider } = c.req.param()
    return run(c, { surface: providerSurface(provider, restOf(c, 4)), gatewayId: gateway })
  })
  return app
}

/** A provider's own API; Workers AI's `run` also runs the models of others. */
function providerSurface(provider: string, path: string): Surface {
  const [, model] = /^run\/([^@].*)$/.exec(path) ?? []
  const isRun = provider === 'workers-ai' && model !== undefined
  return isRun ? runSurface({ model: decodePath(model), style: 'rest' }) : nativeSurface(provider, path)
}
