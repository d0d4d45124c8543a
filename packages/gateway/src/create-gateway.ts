import { geminiGenerate } from '@gw/adapters'
import { headerNames } from '@gw/headers'
import { Hono, type Context } from 'hono'
import { adminRoutes } from './admin/admin-routes.ts'
import { metricsRoute } from './admin/metrics-route.ts'
import { readyRoute } from './admin/ready-route.ts'
import { bindingRoutes, type Run } from './binding/binding-routes.ts'
import { restRoutes } from './binding/rest-routes.ts'
import type { Deps, Execution } from './deps.ts'
import { managementRoutes } from './cloudflare/management-routes.ts'
import { formatDialect, type Dialect } from './errors/dialect.ts'
import { respondWithError } from './errors/respond-with-error.ts'
import { handle } from './pipeline.ts'
import { accountRoutes } from './routes/account-routes.ts'
import { pathError } from './routes/path-error.ts'
import { rootRoutes } from './routes/root-routes.ts'
import { answerInRun, asksForRun } from './runs/answer-in-run.ts'
import { chatCompletions, messages } from './surfaces/chat-surfaces.ts'
import { ollamaRoutes } from './surfaces/ollama-routes.ts'
import { rejectingSurface } from './surfaces/rejecting-surface.ts'

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

  app.get('/health', (c) => c.json({ status: 'ok' }))
  app.route('/', readyRoute(deps))
  app.route('/', metricsRoute(deps))
  app.route('/api', ollamaRoutes({ run, deps }))
  app.all(
    '/api/*',
    lazily(() => new Hono().route('/api', adminRoutes(deps))),
  )
  app.route('/', bindingRoutes(run, deps))
  for (const path of ['/client/v4/accounts/:account/ai', '/ai']) app.route(path, restRoutes({ run, deps }))
  const management = '/client/v4/accounts/:account/ai-gateway'
  app.all(
    `${management}/*`,
    lazily(() => new Hono().route(management, managementRoutes(deps))),
  )
  app.route('/', rootRoutes({ run, deps }))
  app.route('/v1', accountRoutes(run))

  app.onError((error, c) =>
    respondWithError(error, { dialect: dialectOf(c), logId: deps.createId(), report: deps.report }),
  )
  app.notFound((c) => run(c, { surface: rejectingSurface(dialectOf(c), pathError(c.req.path)), gatewayId: undefined }))
  return app
}

function dialectOf(c: Context): Dialect {
  if (c.req.path.startsWith('/v1beta/')) return formatDialect(geminiGenerate)
  return c.req.path.endsWith('/messages') ? messages.dialect : chatCompletions.dialect
}

/** An app that is made when somebody first needs it: callers of models do not wait for the control plane. */
function lazily(make: () => Hono): (c: Context) => Response | Promise<Response> {
  let made: Hono | undefined
  return (c) => (made ??= make()).fetch(c.req.raw, c.env, executionContextOf(c))
}

/** Node has no execution context; there, work after the response just goes on. */
function executionContextOf(c: Context): Context['executionCtx'] | undefined {
  try {
    return c.executionCtx
  } catch {
    return undefined
  }
}

function executionOf(c: Context): Execution {
  const context = executionContextOf(c)
  return { waitUntil: (work) => (context ? context.waitUntil(work) : void work.catch(() => undefined)) }
}
