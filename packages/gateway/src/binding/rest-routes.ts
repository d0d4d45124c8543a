import { GatewayError } from '@gw/headers'
import { Hono, type Context } from 'hono'
import type { Deps } from '../deps.ts'
import { respondWithError } from '../errors/respond-with-error.ts'
import { cloudflareDialect } from '../errors/cloudflare-dialect.ts'
import { chatCompletions, messages } from '../surfaces/chat-surfaces.ts'
import { decodePath } from '../surfaces/decode-path.ts'
import { rejectingSurface } from '../surfaces/rejecting-surface.ts'
import { responsesSurface } from '../surfaces/responses-surface.ts'
import { runSurface } from '../surfaces/run/run-surface.ts'
import type { Surface } from '../surfaces/surface.ts'
import { embeddings } from '../surfaces/tasks.ts'
import type { Run } from './binding-routes.ts'
import { searchModels } from './search-models.ts'

export interface RestOptions {
  run: Run
  deps: Deps
}

/**
 * Cloudflare's REST API for models: what is at `/client/v4/accounts/{account}/ai/` and, for short, at `/ai/`. The
 * gateway is named by `cf-aig-gateway-id`.
 * @see https://developers.cloudflare.com/ai-gateway/usage/rest-api/
 */
export function restRoutes({ run, deps }: RestOptions): Hono {
  const app = new Hono()
  const surfaces: Readonly<Record<string, Surface>> = {
    'chat/completions': chatCompletions,
    messages,
    embeddings,
  }
  const runModel = (c: Context): Promise<Response> => {
    const model = c.req.param('model')
    return run(c, {
      surface: runSurface({ model: model && decodePath(model), style: 'rest' }),
      gatewayId: undefined,
    })
  }
  app.post('/run', runModel)
  app.post('/run/:model{.+}', runModel)
  for (const [path, surface] of Object.entries(surfaces)) {
    // SDKs that add `/v1` themselves get a base URL with `/v1` from Cloudflare's own examples.
    for (const prefix of ['/v1', '/v1/v1']) {
      app.post(`${prefix}/${path}`, (c) => run(c, { surface, gatewayId: undefined }))
    }
  }
  for (const prefix of ['/v1', '/v1/v1']) {
    app.post(`${prefix}/responses`, (c) => run(c, { surface: responsesSurface(), gatewayId: undefined }))
  }
  app.get('/models/search', (c) => searchModels(c, deps))
  app.all('*', (c) =>
    run(c, { surface: rejectingSurface(cloudflareDialect, unknownPath(c.req.path)), gatewayId: undefined }),
  )
  app.onError((error) =>
    respondWithError(error, { dialect: cloudflareDialect, logId: deps.createId(), report: deps.report }),
  )
  return app
}

function unknownPath(path: string): GatewayError {
  return new GatewayError(
    'not_found',
    `There is nothing at ${path.slice(0, 200)}. Below /ai there are POST run, run/{model}, v1/chat/completions, ` +
      'v1/messages, v1/embeddings, v1/responses and GET models/search.',
  )
}
