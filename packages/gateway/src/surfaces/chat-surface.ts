import { isObject, type ChatRequest, type JsonObject, type WireFormat } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import { keepsState } from '../cache/keeps-state.ts'
import { routeIdentity } from '../cache/route-identity.ts'
import type { Deps } from '../deps.ts'
import { formatDialect, type Dialect } from '../errors/dialect.ts'
import type { ChatLeg, InboundChat, Plan } from '../plan.ts'
import { measureChat } from '../routing/measure.ts'
import { isKeptElsewhere } from '../responses/is-kept-elsewhere.ts'
import { openItinerary } from '../routing/open-itinerary.ts'
import type { LegChange, Routable } from '../routing/routable.ts'
import { routingIdentity } from '../routing/routing-identity.ts'
import { takeConstraints } from '../routing/take-constraints.ts'
import { usdOf } from '../money/cost-of-answer.ts'
import { forProviderOfFormat } from '../responses/expand-response-call.ts'
import { orGatewayError } from '../steps/or-gateway-error.ts'
import { asObject, readJsonBody } from '../steps/read-json-body.ts'
import { resolveTarget } from '../steps/resolve-target.ts'
import { betaHeaders, readBetas } from '../steps/read-betas.ts'
import { legBasis } from './leg-basis.ts'
import type { Inbound, Surface } from './surface.ts'

export interface ChatSurfaceOptions {
  id: string
  format: WireFormat
  /** How our own errors are written; by default in the chat format. */
  dialect?: Dialect
  /** What the path says, in formats whose bodies do not say it. */
  named?: { model: string; stream: boolean }
}

/** A way in that speaks one chat format and reaches every provider by model name. */
export function chatSurface({ id, format, dialect, named }: ChatSurfaceOptions): Surface {
  return {
    id,
    dialect: dialect ?? formatDialect(format),
    parse: async (inbound, deps) => {
      const { text, value } = await readJsonBody(inbound.http, deps.maxBodyBytes)
      const chat = inboundChat(format, { text, body: asObject(value), ...named }, deps)
      return planChat(chat, inbound, deps)
    },
  }
}

/**
 * Takes `usage: { include: true }` out of a body: callers of OpenRouter ask so for usage and cost, and other providers
 * do not know the field.
 */
function takeUsageInclude(read: Pick<ReadChatBody, 'text' | 'body'>): {
  text: string
  body: JsonObject
  wantsCost: boolean
} {
  const { usage, ...rest } = read.body
  if (!isObject(usage)) return { ...read, wantsCost: false }
  const wantsCost = usage['include'] === true
  const options = rest['stream_options']
  const streamOptions = { ...(isObject(options) && options), include_usage: true }
  const body = wantsCost && rest['stream'] === true ? { ...rest, stream_options: streamOptions } : rest
  return { text: JSON.stringify(body), body, wantsCost }
}

/** A chat request as it was read; what stands in no body is named beside it. */
export interface ReadChatBody {
  text: string
  body: JsonObject
  model?: string
  stream?: boolean
  isExpanded?: boolean
}

/** A chat body with its canonical form at hand. @throws GatewayError `invalid_request` when its frame is wrong. */
export function inboundChat(format: WireFormat, read: ReadChatBody, deps: Deps): InboundChat {
  const { body: said, constraints } = takeConstraints(read.body)
  const { text, body, wantsCost } = takeUsageInclude(
    said === read.body ? read : { text: JSON.stringify(said), body: said },
  )
  if (format.turns === 'messages' || format.turns === 'contents') checkTurns(body[format.turns], format.turns)
  const { model = modelOf(body), stream = streamOf(body, format), isExpanded = false } = read
  let request: ChatRequest | undefined
  return {
    format,
    text,
    body,
    model,
    stream,
    isExpanded,
    constraints,
    wantsCost,
    request: () => {
      request ??= {
        ...format.parseRequest(body, { model: model ?? '', now: deps.now, createId: deps.createId }),
        ...(stream && { stream }),
      }
      return request
    },
  }
}

function checkTurns(messages: unknown, field: 'messages' | 'contents'): void {
  if (!Array.isArray(messages) || !messages.every(isObject)) {
    const parts = field === 'contents' ? 'parts' : 'content'
    throw invalid(`\`${field}\` must be an array of { role, ${parts} } objects.`, field)
  }
  if (messages.length === 0) throw invalid(`\`${field}\` is empty: send at least one.`, field)
}

function streamOf({ stream }: JsonObject, { streamsByDefault = false }: WireFormat): boolean {
  if (stream === undefined || stream === null) return streamsByDefault
  if (typeof stream === 'boolean') return stream
  throw invalid('`stream` must be true or false.', 'stream')
}

/** Where a chat request goes, and what it says. @throws GatewayError when the model name leads nowhere. */
export async function planChat(chat: InboundChat, inbound: Inbound, deps: Deps): Promise<Plan> {
  const { format, text, body, model, stream, constraints, wantsCost } = chat
  const { http, options } = inbound
  const betas = betaHeaders.map((name) => http.headers.get(name)).join('\n')
  const routing = routingIdentity(chat, inbound)
  const price = wantsCost ? JSON.stringify(options.customCost ?? {}) : ''
  const said = [format.id, model ?? '', String(stream), betas, price, JSON.stringify(constraints ?? null)]
  const around = [...said, routing ?? '', routeIdentity(model, inbound)]
  return {
    itinerary: await openItinerary(routableChat(chat, inbound, deps), inbound, deps),
    identity: keepsState(body) || routing === undefined ? undefined : [text, ...around],
    chat: { body, turns: format.turns, around },
    requestedModel: model,
    stream,
  }
}

/** A chat request, for whichever model. */
export function routableChat(chat: InboundChat, inbound: Inbound, deps: Deps): Routable {
  return {
    task: 'chat',
    model: chat.model,
    body: chat.body,
    constraints: chat.constraints,
    measure: () => measureChat(chat),
    legFor: (model, change) => chatLeg({ chat, model, change }, inbound, deps),
  }
}

interface ChatLegCall {
  chat: InboundChat
  model: string
  change: LegChange | undefined
}

function chatLeg({ chat, model: name, change }: ChatLegCall, inbound: Inbound, deps: Deps): ChatLeg {
  const { http, options, account, gateway } = inbound
  const { provider, api, model } = resolveTarget(name, deps.providers, chat.format.id)
  if (change?.isChosen && isKeptElsewhere(chat, provider, deps))
    throw new GatewayError('unsupported', 'Another provider keeps what was said before.')
  // A body that will be translated must be readable; the caller hears of it before anything is called.
  if (chat.format.id !== api.wire.id) orGatewayError(() => chat.request())
  return {
    kind: 'chat',
    step: 0,
    provider,
    api,
    betas: readBetas(http.headers, api),
    model,
    chat: chat.isExpanded && chat.format.id === api.wire.id ? withoutOurIds(chat) : chat,
    onBreak: (options.continueStream ?? gateway.settings.on_stream_error === 'continue') ? 'continue' : 'error',
    price: chat.wantsCost
      ? (usage) =>
          usdOf(usage, { provider, model, customCost: options.customCost, prices: account.prices, at: deps.now() })
      : undefined,
    isFree: false,
    ...legBasis(inbound, change),
  }
}

function withoutOurIds(chat: InboundChat): InboundChat {
  const body = forProviderOfFormat(chat.body)
  return { ...chat, body, text: JSON.stringify(body) }
}

function modelOf({ model }: JsonObject): string | undefined {
  if (model === undefined || model === null || model === '') return undefined
  if (typeof model === 'string') return model
  throw invalid('`model` must be a string, such as "openai/gpt-5".', 'model')
}

function invalid(message: string, param: string): GatewayError {
  return new GatewayError('invalid_request', message, { detail: { param } })
}
