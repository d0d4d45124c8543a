import { anthropicMessages, geminiGenerate, openaiChat, openaiCompletions } from '@gw/adapters'
import { GatewayError, headerNames } from '@gw/headers'
import { Hono, type Context } from 'hono'
import { adminRoutes } from './admin/admin-routes.ts'
import { bindingRoutes, type Run } from './binding/binding-routes.ts'
import { restRoutes } from './binding/rest-routes.ts'
import type { Deps, Execution } from './deps.ts'
import { cloudflareDialect } from './errors/cloudflare-dialect.ts'
import { formatDialect, type Dialect } from './errors/dialect.ts'
import { respondWithError } from './errors/respond-with-error.ts'
import { handle } from './pipeline.ts'
import { answerInRun, asksForRun } from './runs/answer-in-run.ts'
import { chatSurface } from './surfaces/chat-surface.ts'
import { countMessageTokens } from './surfaces/count-tokens.ts'
import { decodePath } from './surfaces/decode-path.ts'
import { geminiSurface } from './surfaces/gemini.ts'
import { modelRoutes } from './surfaces/model-routes.ts'
import { nativeSurface } from './surfaces/native.ts'
import { ollamaRoutes } from './surfaces/ollama-routes.ts'
import { rejectingSurface } from './surfaces/rejecting-surface.ts'
import { responseRoutes } from './surfaces/response-routes.ts'
import { responsesSurface } from './surfaces/responses-surface.ts'
import { runSurface } from './surfaces/run/run-surface.ts'
import type { Surface } from './surfaces/surface.ts'
import { embeddings, moderations, rerank } from './surfaces/tasks.ts'
import { universal } from './surfaces/universal.ts'

const chatCompletions = chatSurface({ id: 'chat-completions', format: openaiChat })
const messages = chatSurface({ id: 'messages', format: anthropicMessages })
const completions = chatSurface({ id: 'completions', format: openaiCompletions })
const compat = chatSurface({ id: 'compat', format: openaiChat, dialect: cloudflareDialect })

/**
 * The whole gateway as one Hono app: mount it, or export it as a Worker's `fetch`.
 * @example export default { fetch: createGateway(deps).fetch }
 */
export function createGateway(deps: Deps): Hono {
  const app = new Hono()
  const run: Run = async (c, entry, { http = c.req.raw, runOn } = {}) => {
    const named = entry.gatewayId ?? http.headers.get(headerNames.gatewayId) ?? 'default'
    const gatewayId = runOn ?? (asksForRun(http) ? named : undefined)
    const inRun = gatewayId === undefined ? undefined : await answerInRun(http, gatewayId, deps)
    if (inRun instanceof Response) return inRun
    const { dialect } = entry.surface
    const { error, logId } = inRun ?? {}
    if (logId !== undefined) return respondWithError(error, { dialect, logId, report: deps.report })

    const execution = executionOf(c)
    const surface = error ? rejectingSurface(dialect, error) : entry.surface
    const answer = handle(http, { ...entry, surface }, { deps, execution })
    // A caller who leaves early must not end the work: the request still leaves its row.
    execution.waitUntil(answer)
    return answer
  }
  const root = (surface: Surface) => (c: Context) => run(c, { surface, gatewayId: undefined })

  app.get('/health', (c) => c.json({ status: 'ok' }))
  app.route('/api', ollamaRoutes({ run, deps }))
  app.route('/api', adminRoutes(deps))
  app.route('/', bindingRoutes(run, deps))
  for (const path of ['/client/v4/accounts/:account/ai', '/ai']) {
    app.route(path, restRoutes({ run, deps, chatCompletions, messages }))
  }

  app.post('/v1/chat/completions', root(chatCompletions))
  app.post('/v1/messages', root(messages))
  app.post('/v1/messages/count_tokens', root(countMessageTokens))
  for (const version of ['v1', 'v1beta', 'v1alpha']) {
    app.post(`/${version}/models/:call{.+:\\w+}`, (c) =>
      run(c, { surface: geminiSurface(restOf(c, 2), new URL(c.req.url).searchParams), gatewayId: undefined }),
    )
  }
  app.route('/', modelRoutes(deps))
  for (const [path, surface] of [
    ['/v1/chat/completions', chatCompletions],
    ['/v1/messages', messages],
  ] as const) {
    app.all(path, root(rejectingSurface(surface.dialect, methodError('POST'))))
  }

  app.post('/v1/:account/:gateway', (c) => run(c, { surface: universal, gatewayId: c.req.param('gateway') }))
  app.post('/v1/:account/:gateway/', (c) => run(c, { surface: universal, gatewayId: c.req.param('gateway') }))
  app.all('/v1/:account/:gateway/compat/chat/completions', (c) => {
    const surface = c.req.method === 'POST' ? compat : rejectingSurface(cloudflareDialect, methodError('POST'))
    return run(c, { surface, gatewayId: c.req.param('gateway') })
  })
  app.post('/v1/responses', (c) => run(c, { surface: responsesSurface(), gatewayId: undefined }))
  app.route('/v1/responses', responseRoutes(deps))
  app.post('/v1/:account/:gateway/compat/responses', (c) =>
    run(c, { surface: responsesSurface(), gatewayId: c.req.param('gateway') }),
  )
  app.post('/v1/completions', root(completions))
  const endpoints = { embeddings, rerank, moderations }
  for (const [name, surface] of Object.entries(endpoints)) {
    app.post(`/v1/${name}`, root(surface))
    app.post(`/v1/:account/:gateway/compat/${name}`, (c) => run(c, { surface, gatewayId: c.req.param('gateway') }))
  }
  app.all('/v1/:account/:gateway/:provider/*', (c) => {
    const { gateway, provider } = c.req.param()
    return run(c, { surface: providerSurface(provider, restOf(c, 4)), gatewayId: gateway })
  })

  app.onError((error, c) =>
    respondWithError(error, { dialect: dialectOf(c), logId: deps.createId(), report: deps.report }),
  )
  app.notFound((c) => run(c, { surface: rejectingSurface(dialectOf(c), pathError(c.req.path)), gatewayId: undefined }))
  return app
}

/** A provider's own API; Workers AI's `run` also runs the models of others. */
function providerSurface(provider: string, path: string): Surface {
  const [, model] = /^run\/([^@].*)$/.exec(path) ?? []
  const isRun = provider === 'workers-ai' && model !== undefined
  return isRun ? runSurface({ model: decodePath(model), style: 'rest' }) : nativeSurface(provider, path)
}

/** What stands after the first `segments` segments of the path, as the caller escaped it. */
function restOf(c: Context, segments: number): string {
  return new URL(c.req.url).pathname
    .split('/')
    .slice(segments + 1)
    .join('/')
}

function methodError(method: string): GatewayError {
  return new GatewayError('method_not_allowed', `Use ${method} on this path.`)
}

const paths = [
  '/v1/chat/completions',
  '/v1/messages',
  '/v1/models',
  '/v1beta/models/{model}:generateContent',
  '/v1/{account}/{gateway}/{provider}/…',
  '/v1/{account}/{gateway}/compat/chat/completions',
]

/** @returns an error that names the path that was probably meant. */
function pathError(path: string): GatewayError {
  const meant = paths.find((known) => path.endsWith(known.replace('/v1', '')) || known.endsWith(path))
  const hint = meant ? `Did you mean ${meant}?` : `Known paths: ${paths.join(', ')}.`
  return new GatewayError('not_found', `There is nothing at ${path.slice(0, 200)}. ${hint}`)
}

function dialectOf(c: Context): Dialect {
  if (c.req.path.startsWith('/v1beta/')) return formatDialect(geminiGenerate)
  return c.req.path.endsWith('/messages') ? messages.dialect : chatCompletions.dialect
}

/** Node has no execution context; there, work after the response just goes on. */
function executionOf(c: Context): Execution {
  try {
    const { executionCtx } = c
    return { waitUntil: (work) => executionCtx.waitUntil(work) }
  } catch {
    return { waitUntil: (work) => void work.catch(() => undefined) }
  }
}
