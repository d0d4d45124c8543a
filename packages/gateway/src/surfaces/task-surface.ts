import type { JsonObject, Provider, TaskAnswer, TaskApi, TaskFormat } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import { routeIdentity } from '../cache/route-identity.ts'
import type { Deps } from '../deps.ts'
import type { Dialect } from '../errors/dialect.ts'
import type { Plan, TaskLeg } from '../plan.ts'
import { measureTask } from '../routing/measure.ts'
import { openItinerary } from '../routing/open-itinerary.ts'
import type { LegChange, Routable, RoutedTask } from '../routing/routable.ts'
import { routingIdentity } from '../routing/routing-identity.ts'
import { takeConstraints } from '../routing/take-constraints.ts'
import { orGatewayError } from '../steps/or-gateway-error.ts'
import { asObject, readJsonBody } from '../steps/read-json-body.ts'
import { resolveModel } from '../steps/resolve-target.ts'
import { legBasis } from './leg-basis.ts'
import type { Inbound, Surface } from './surface.ts'

/** A task, the format in which its callers speak, and where a provider's own dialect of it is. */
export interface Task<Request extends { model: string }, Answer extends TaskAnswer> {
  /** Name in the log row. */
  id: Exclude<RoutedTask, 'chat'>
  /** What a provider lacks that cannot do it, such as "embeddings". */
  noun: string
  format: TaskFormat<Request, Answer>
  dialect: Dialect
  apiOf(provider: Provider): TaskApi<Request, Answer> | undefined
}

/** A way in for a task: it reaches every provider that has it, translated where the dialects differ. */
export function taskSurface<Request extends { model: string }, Answer extends TaskAnswer>(
  task: Task<Request, Answer>,
  named?: string,
): Surface {
  return {
    id: task.id,
    dialect: task.dialect,
    parse: async (inbound, deps) => {
      const body = asObject((await readJsonBody(inbound.http, deps.maxBodyBytes)).value)
      const model = named ?? modelOf(body)
      return planTask(task, { body, named: model }, { inbound, deps })
    },
  }
}

interface TaskCall {
  body: JsonObject
  /** The model as the caller named it. */
  named?: string | undefined
}

interface TaskContext {
  inbound: Inbound
  deps: Deps
}

/** @throws GatewayError when the model leads nowhere, `unsupported` when its provider cannot do the task. */
export async function planTask<Request extends { model: string }, Answer extends TaskAnswer>(
  task: Task<Request, Answer>,
  { body: said, named = modelOf(said) }: TaskCall,
  { inbound, deps }: TaskContext,
): Promise<Plan> {
  const { body, constraints } = takeConstraints(said)
  const routable: Routable = {
    task: task.id,
    model: named,
    body,
    constraints,
    measure: () => measureTask(task.id, body),
    legFor: (model, change) => taskLeg(task, { body, named: model, change }, { inbound, deps }),
  }
  const routing = routingIdentity(routable, inbound)
  return {
    itinerary: await openItinerary(routable, inbound, deps),
    identity:
      routing === undefined
        ? undefined
        : [task.id, task.format.id, named ?? '', JSON.stringify(said), routing, routeIdentity(named, inbound)],
    requestedModel: named,
    stream: false,
  }
}

function taskLeg<Request extends { model: string }, Answer extends TaskAnswer>(
  task: Task<Request, Answer>,
  { body, named, change }: { body: JsonObject; named: string; change: LegChange | undefined },
  { inbound, deps }: TaskContext,
): TaskLeg {
  const { provider, model } = resolveModel(named, deps.providers)
  const api = task.apiOf(provider)
  if (!api) {
    throw new GatewayError(
      'unsupported',
      `Provider "${provider.id}" has no ${task.noun}. Its own API is at /v1/{account}/{gateway}/${provider.id}/….`,
    )
  }
  return {
    kind: 'task',
    step: 0,
    provider,
    model,
    dialect: task.dialect,
    isFree: api.isFree ?? false,
    stream: false,
    ...legBasis(inbound, change),
    ...orGatewayError(() => {
      const request = { ...task.format.parseRequest(body, named), model }
      return writeTask({ format: task.format, api, body, request })
    }),
  }
}

interface TaskText<Request, Answer extends TaskAnswer> {
  format: TaskFormat<Request, Answer>
  api: TaskApi<Request, Answer>
  body: JsonObject
  request: Request
}

/** In the caller's own format the body passes with the model changed, and the answer as it comes; else both are translated. */
function writeTask<Request extends { model: string }, Answer extends TaskAnswer>({
  format,
  api,
  body,
  request,
}: TaskText<Request, Answer>): Pick<TaskLeg, 'path' | 'body' | 'warnings' | 'read'> {
  const sent = api.prepare?.(request) ?? request
  const isOwn = api.format.id === format.id
  const { body: words, warnings } = isOwn
    ? { body: ownWords(api, { format, body, model: request.model, isChanged: sent !== request }), warnings: [] }
    : api.format.formatRequest(sent)
  return {
    path: pathOf(api, sent),
    body: JSON.stringify(api.encode?.(words) ?? words),
    warnings,
    read: (answer, headers) => {
      const said = api.format.parseResponse(api.repair?.(answer) ?? answer, sent)
      const usage = said.usage ?? api.readUsage?.(headers)
      const parsed = usage ? { ...said, usage } : said
      const isUntouched = isOwn && sent === request && !api.repair
      return { parsed, ...(!isUntouched && { body: format.formatResponse(parsed, request) }) }
    },
  }
}

interface OwnWords<Request, Answer extends TaskAnswer> {
  format: TaskFormat<Request, Answer>
  body: JsonObject
  model: string
  /** The vendor takes not quite what the caller says. */
  isChanged: boolean
}

/** The caller's own body for another model; what nobody here has read stays in it. */
function ownWords<Request, Answer extends TaskAnswer>(
  { adapt }: TaskApi<Request, Answer>,
  { format, body, model, isChanged }: OwnWords<Request, Answer>,
): JsonObject {
  const named = 'model' in body ? { ...body, model } : body
  const renamed = format.rename?.(body, model) ?? named
  return isChanged && adapt ? adapt(renamed) : renamed
}

/** @throws GatewayError when the name of the model leaves a part out that the path needs. */
function pathOf<Request extends { model: string }, Answer extends TaskAnswer>(
  { format, path }: TaskApi<Request, Answer>,
  request: Request,
): string {
  const found = path ? path(request.model) : format.path(request)
  if (found !== undefined) return found
  throw new GatewayError('invalid_request', 'The name of the model is not complete: it must name the resource too.', {
    detail: { param: 'model' },
  })
}

function modelOf({ model }: JsonObject): string | undefined {
  if (model === undefined || model === null) return undefined
  if (typeof model === 'string') return model
  throw new GatewayError('invalid_request', '`model` must be a string, such as "openai/text-embedding-3-small".', {
    detail: { param: 'model' },
  })
}
