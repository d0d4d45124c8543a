import {
  anthropicCount,
  anthropicMessages,
  chatApisOf,
  geminiCount,
  geminiGenerate,
  openaiResponses,
  readTokenCount,
  responsesCount,
  WireError,
  type ChatApi,
  type JsonObject,
  type TokenCountApi,
  type TokenCountFormat,
  type WireFormat,
} from '@gw/adapters'
import type { Deps } from '../deps.ts'
import { formatDialect } from '../errors/dialect.ts'
import { estimateUsage } from '../money/estimate-usage.ts'
import type { InboundChat, Leg, LocalLeg, TaskLeg } from '../plan.ts'
import { expandResponseCall } from '../responses/expand-response-call.ts'
import { decide } from '../routing/decide.ts'
import { isRouted, isStrategy } from '../routing/is-routed.ts'
import { measureChat } from '../routing/measure.ts'
import { nothingEligible } from '../routing/nothing-eligible.ts'
import { inOrder } from '../routing/itinerary.ts'
import { orGatewayError } from '../steps/or-gateway-error.ts'
import { readBetas } from '../steps/read-betas.ts'
import { asObject, readJsonBody } from '../steps/read-json-body.ts'
import { resolveModel, type NamedModel } from '../steps/resolve-target.ts'
import { inboundChat } from './chat-surface.ts'
import { legBasis } from './leg-basis.ts'
import { refuseExplaining } from './native.ts'
import type { Inbound, Surface } from './surface.ts'

/** `/v1/messages/count_tokens`. */
export const countMessageTokens: Surface = countSurface(anthropicMessages, anthropicCount)

/** OpenAI's `/v1/responses/input_tokens`. */
export const countResponseTokens: Surface = countSurface(openaiResponses, responsesCount)

/** Gemini's `countTokens`; the path names the model. */
export const countGeminiTokens = (model: string): Surface => countSurface(geminiGenerate, geminiCount, model)

/**
 * Counts the tokens of a chat request: by the provider where it can count, else by an estimate, which the answer's
 * warnings say.
 */
function countSurface(format: WireFormat, count: TokenCountFormat, named?: string): Surface {
  return {
    id: 'count-tokens',
    dialect: formatDialect(format),
    parse: async (inbound, deps) => {
      refuseExplaining(inbound.options)
      const said = asObject((await readJsonBody(inbound.http, deps.maxBodyBytes)).value)
      const body = format.id === openaiResponses.id ? await expand(said, inbound, deps) : said
      const words = count.chatOf(body)
      const chat = inboundChat(
        format,
        { text: JSON.stringify(words), body: words, stream: false, ...(named !== undefined && { model: named }) },
        deps,
      )
      const model = isStrategy(chat.model) ? await choose(chat, inbound, deps) : chat.model
      const leg = countLeg({ chat, model, body, count }, { inbound, deps })
      return { itinerary: inOrder([leg]), identity: undefined, requestedModel: chat.model, stream: false }
    },
  }
}

/** The model that a strategy would choose for the request. @throws GatewayError `no_eligible_target` */
async function choose(chat: InboundChat, inbound: Inbound, deps: Deps): Promise<string> {
  const { model: name = '', body, constraints } = chat
  const { options } = inbound
  const choice = {
    task: 'chat',
    name,
    measured: measureChat(chat),
    payer: inbound,
    options,
    body,
    constraints,
  } as const
  const { decision } = await decide({ ...choice, withoutKey: false }, deps)
  if (decision.chosen === undefined) throw nothingEligible(decision)
  return decision.chosen
}

/** What an earlier response says counts too. */
async function expand(body: JsonObject, { gateway: { orgId } }: Inbound, deps: Deps): Promise<JsonObject> {
  const { model } = body
  const name = typeof model === 'string' ? model : undefined
  const counter = isRouted(name) ? undefined : findCounter(resolveModel(name, deps.providers), openaiResponses)
  const isNative = counter?.wire.id === openaiResponses.id
  return expandResponseCall({ body, orgId, isNative, store: deps.responses })
}

interface CountCall {
  chat: InboundChat
  /** Whose tokens are counted. */
  model: string | undefined
  /** In the caller's words. */
  body: JsonObject
  count: TokenCountFormat
}

function countLeg({ chat, model, body, count }: CountCall, { inbound, deps }: { inbound: Inbound; deps: Deps }): Leg {
  const target = resolveModel(model, deps.providers)
  const leg = { ...target, step: 0, stream: false as const, ...legBasis(inbound, { isChosen: model !== chat.model }) }
  const api = findCounter(target, chat.format)
  if (!api) return { ...leg, kind: 'local', isFree: true, ...estimated(chat, count) }
  const isOwn = api.wire.id === chat.format.id
  const sent = isOwn
    ? { words: count.rename(body, api.tokenCount.nameOf?.(target.model) ?? target.model), warnings: [] }
    : orGatewayError(() => translated(chat, api, { ...target, deps }))
  const { values, dropped } = readBetas(inbound.http.headers, api)
  const read: TaskLeg['read'] = (answer) => {
    const tokens = readTokenCount(answer)
    if (tokens === undefined) throw new WireError('unsupported', 'The provider answered without a count.')
    return { parsed: {}, ...(!isOwn && { body: count.formatCount(tokens) }) }
  }
  return {
    ...leg,
    kind: 'task',
    dialect: formatDialect(chat.format),
    isFree: true,
    path: api.tokenCount.path(target.model),
    body: JSON.stringify(sent.words),
    ...(api.betas && { betas: { header: api.betas.header, values } }),
    warnings: [...sent.warnings, ...dropped],
    read,
  }
}

type Counter = ChatApi & { tokenCount: TokenCountApi }

/** A dialect of the provider that can count, if possible the caller's. */
function findCounter({ provider, model }: NamedModel, format: WireFormat): Counter | undefined {
  const counters = chatApisOf(provider).filter(
    (api): api is Counter => api.tokenCount !== undefined && (api.serves?.(model) ?? true),
  )
  return counters.find(({ wire }) => wire.id === format.id) ?? counters[0]
}

function translated(
  chat: InboundChat,
  { wire, tokenCount }: Counter,
  { model, deps }: NamedModel & { deps: Deps },
): { words: JsonObject; warnings: string[] } {
  const context = { model, now: deps.now, createId: deps.createId }
  const { body, warnings } = wire.formatRequest(chat.request(), context)
  return { words: tokenCount.encode(body, model), warnings }
}

function estimated(chat: InboundChat, count: TokenCountFormat): Pick<LocalLeg, 'answer' | 'warnings'> {
  orGatewayError(() => chat.request())
  const { input = 0 } = estimateUsage(chat.text, 0)
  return { answer: count.formatCount(input), warnings: ['estimated'] }
}
