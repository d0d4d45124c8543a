import { isObject, parseObject } from '@gw/adapters'
import { headerNames } from '@gw/headers'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import type { Deps } from '../deps.ts'
import { cloudflareDialect } from '../errors/cloudflare-dialect.ts'
import { respondWithError } from '../errors/respond-with-error.ts'
import type { Entry } from '../pipeline.ts'
import { asksForRun } from '../runs/answer-in-run.ts'
import { authenticate } from '../steps/authenticate.ts'
import { authorize } from '../steps/authorize.ts'
import { readText } from '../steps/read-json-body.ts'
import { runSurface } from '../surfaces/run/run-surface.ts'
import { universalSurface } from '../surfaces/universal.ts'
import { getGatewayLog, patchGatewayLog } from './gateway-logs.ts'
import { resumeRun } from './resume-run.ts'
import { searchModels } from './search-models.ts'

/** Has the pipeline answer. */
export type Run = (c: Context, entry: Entry, options?: RunOptions) => Promise<Response>

export interface RunOptions {
  /** The request, where the context's own was read. */
  http?: Request
  /** Gateway of the run that is to answer, where the request is to have one. */
  runOn?: string | undefined
}

/**
 * What the runtime's `env.AI` speaks to `https://workers-binding.ai`, so that this gateway can stand behind it.
 * @see https://github.com/cloudflare/workerd/blob/main/src/cloudflare/internal/ai-api.ts
 */
export function bindingRoutes(run: Run, deps: Deps): Hono {
  const app = new Hono()
  const advertise: MiddlewareHandler = async (c, next) => {
    await next()
    if (deps.runs) c.header(headerNames.capabilities, 'resume')
  }
  app.use('/run', advertise)
  app.use('/ai-gateway/*', advertise)

  /** Looks into the body for a reason to answer in a run: the gateway that `reasonOf` returns. */
  const runAfterLook = async (
    c: Context,
    entry: Entry,
    reasonOf: (text: string) => string | undefined,
  ): Promise<Response> => {
    const { url, headers, signal } = c.req.raw
    const caller = deps.runs && (await authenticate(c.req.raw, new URL(url), deps).catch(() => undefined))
    if (!caller) return run(c, entry)
    const text = await readText(c.req.raw, deps.maxBodyBytes)
    const http = new Request(url, { method: 'POST', headers, body: text, signal })
    return run(c, entry, { http, runOn: reasonOf(text) })
  }
  const runModel = (c: Context): Promise<Response> => {
    const model = modelOf(c.req.header('cf-consn-model-id'))
    const entry = { surface: runSurface({ model, style: 'binding' }), gatewayId: undefined }
    // Cloudflare gives every stream of its catalogue a run; its clients cannot ask for one.
    const isCatalog = model !== undefined && !model.startsWith('@')
    return isCatalog || asksForRun(c.req.raw) ? runAfterLook(c, entry, gatewayOfStream) : run(c, entry)
  }
  app.post('/run', runModel)
  app.post('/ai-gateway/run', runModel)
  app.post('/ai-gateway/universal/run/:gateway', (c) => {
    const gatewayId = c.req.param('gateway')
    const entry = { surface: universalSurface(), gatewayId }
    return runAfterLook(c, entry, (text) => (asksInEntry(text) ? gatewayId : undefined))
  })
  app.get('/ai-gateway/gateways/:gateway/url/:provider', (c) => getUrl(c, deps))
  app.get('/ai-gateway/gateways/:gateway/logs/:log', (c) => getGatewayLog(c, deps))
  app.patch('/ai-gateway/gateways/:gateway/logs/:log', (c) => patchGatewayLog(c, deps))
  for (const path of ['/ai-gateway/gateways/:gateway', '/v1/:account/:gateway']) {
    app.get(`${path}/run/:run/resume`, (c) => resumeRun(c, deps))
  }
  app.get('/ai-api/models/search', (c) => searchModels(c, deps))
  app.onError((error) =>
    respondWithError(error, { dialect: cloudflareDialect, logId: deps.createId(), report: deps.report }),
  )
  return app
}

/** `[prefix:]model`; a model name may have a colon of its own, but only after a slash. */
function modelOf(header: string | undefined): string | undefined {
  return header?.replace(/^[^/@:]*:(?=[@\w])/, '')
}

/** Which gateway a streamed run is for; `undefined` for calls that do not stream. */
function gatewayOfStream(text: string): string | undefined {
  const { inputs, options } = parseObject(text) ?? {}
  if (!isObject(inputs) || inputs['stream'] !== true) return undefined
  const gateway = isObject(options) && isObject(options['gateway']) ? options['gateway']['id'] : undefined
  return typeof gateway === 'string' ? gateway : 'default'
}

/** The binding's clients can only ask in the headers of an entry. Quotes within a prompt are escaped, so it cannot ask. */
function asksInEntry(text: string): boolean {
  return new RegExp(`"${headerNames.resumable}"\\s*:\\s*"?true`, 'i').test(text)
}

async function getUrl(c: Context, deps: Deps): Promise<Response> {
  const url = new URL(c.req.url)
  const { gateway = '', provider = '' } = c.req.param()
  await authorize(c.req.raw, gateway, deps)
  const account = deps.variables['account'] || 'default'
  const path = provider === 'universal' ? '' : provider
  return c.json({ success: true, result: { url: `${deps.publicUrl ?? url.origin}/v1/${account}/${gateway}/${path}` } })
}
