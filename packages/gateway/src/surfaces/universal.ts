import { isObject, openaiChat, openaiResponses, type Json, type JsonObject } from '@gw/adapters'
import { GatewayError, headerNames, parseHeaders, type GatewayOptions } from '@gw/headers'
import type { Deps } from '../deps.ts'
import { cloudflareDialect } from '../errors/cloudflare-dialect.ts'
import type { NativeLeg, Plan, PlannedEntry } from '../plan.ts'
import { inOrder, inSequence } from '../routing/itinerary.ts'
import { keepResponse, type Keep } from '../responses/keep-response.ts'
import { readResponseCall } from '../responses/read-response-call.ts'
import { findKeyParameter, findUpstreamSecret } from '../steps/credentials.ts'
import { readJsonBody } from '../steps/read-json-body.ts'
import { parseOptions } from '../steps/parse-options.ts'
import { inboundChat, planChat } from './chat-surface.ts'
import { isFreeCall } from './is-free-call.ts'
import { legBasis } from './leg-basis.ts'
import { findNative, namesStream, nativeIdentity, nativeModel, refuseExplaining } from './native.ts'
import type { Inbound, Surface } from './surface.ts'
import { planTask } from './task-surface.ts'
import { openaiEmbeddingsTask } from './tasks.ts'

/** With five attempts each, what still fits into one log row. */
const mostEntries = 25

/**
 * Cloudflare's universal endpoint: an array of entries, each with provider, endpoint, headers and native body, tried in
 * order; or one entry alone. One surface serves one request.
 * @see https://developers.cloudflare.com/ai-gateway/usage/universal/
 */
export function universalSurface(): Surface {
  let keeps: readonly (Keep | undefined)[] = []
  return {
    id: 'universal',
    dialect: cloudflareDialect,
    keptRequest: withoutEntrySecrets,
    parse: async (inbound, deps) => {
      const { value } = await readJsonBody(inbound.http, deps.maxBodyBytes)
      const entries = Array.isArray(value) ? value : [value]
      if (entries.length === 0) throw invalid('The list of providers is empty: send at least one entry.', '')
      if (entries.length > mostEntries)
        throw invalid(`At most ${mostEntries} entries: the list has ${entries.length}.`, '')
      const read = await Promise.all(entries.map((entry, step) => readEntry(entry, { step, inbound, deps })))
      keeps = read.map(({ keep }) => keep)
      const plans = read.map(({ plan }) => plan)
      const identities = plans.map(({ identity }) => identity)
      return {
        itinerary: inSequence(plans.map(({ itinerary }) => itinerary)),
        identity: identities.every((one) => one !== undefined) ? identities.flat() : undefined,
        entries: read.map(({ planned }) => planned),
        requestedModel: plans[0]?.requestedModel,
        stream: plans.some(({ stream }) => stream),
      }
    },
    wrap: async (answer, deps) => {
      const keep = keeps[Number(answer.headers.get(headerNames.step) ?? -1)]
      return keep ? keepResponse(answer, keep, deps) : answer
    },
  }
}

interface EntryContext {
  step: number
  inbound: Inbound
  deps: Deps
}

interface ReadEntry {
  plan: Plan
  planned: PlannedEntry
  /** Set when the gateway keeps the response, if this entry is the one that answers. */
  keep?: Keep | undefined
}

async function readEntry(entry: unknown, context: EntryContext): Promise<ReadEntry> {
  const { step, inbound, deps } = context
  const at = `[${step}]`
  if (!isObject(entry)) throw invalid(`Entry ${at} must be an object with provider, endpoint, headers and query.`, at)
  const { provider: providerId, endpoint, query = {} } = entry
  if (typeof providerId !== 'string' || providerId === '')
    throw invalid(`Entry ${at} needs \`provider\`.`, `${at}.provider`)
  if (typeof endpoint !== 'string')
    throw invalid(`Entry ${at} needs \`endpoint\`, the path below the provider's base.`, `${at}.endpoint`)

  const headers = entryHeaders(entry, at)
  const options = mergeOptions(inbound.options, headers, entry)
  const own: Inbound = { ...inbound, options, http: new Request(inbound.url, { headers }) }
  // The URL parser would drop these, and what is sent would be another path than what is looked at here.
  if (/[#\\\s\p{Cc}]/u.test(endpoint))
    throw invalid(
      `\`endpoint\` of entry ${at} must not contain spaces, control characters, "\\" or "#".`,
      `${at}.endpoint`,
    )
  const [path = '', search] = endpoint.replace(/^\/+/, '').split(/\?(.*)/s)
  const planned = { options, place: `${providerId}/${path}` }
  if (providerId === 'compat') {
    return { planned, ...(await readCompatEntry({ path, query }, { ...context, inbound: own })) }
  }

  refuseExplaining(options)
  const provider = findNative(providerId, deps)
  if (!headers.has('content-type')) headers.set('content-type', 'application/json')
  const searchText = search ? `?${search}` : ''
  const leg: NativeLeg = {
    kind: 'native',
    step,
    provider,
    model: nativeModel({ provider, path, stated: isObject(query) ? query['model'] : undefined }),
    method: 'POST',
    path,
    search: searchText,
    headers,
    body: typeof query === 'string' ? query : JSON.stringify(query),
    stream: (isObject(query) && query['stream'] === true) || namesStream(path),
    isFree: isFreeCall(provider, 'POST', path),
    ...legBasis(own),
    secret:
      findUpstreamSecret(headers, [provider.auth.header, ...(provider.otherAuthHeaders ?? [])]) ??
      findKeyParameter(searchText, provider),
  }
  const { model: requestedModel, stream } = leg
  return { planned, plan: { itinerary: inOrder([leg]), identity: nativeIdentity(leg), requestedModel, stream } }
}

interface CompatEntry {
  path: string
  query: Json
}

async function readCompatEntry(
  { path, query }: CompatEntry,
  { step, inbound, deps }: EntryContext,
): Promise<Omit<ReadEntry, 'planned'>> {
  const at = `[${step}]`
  if (!isObject(query)) throw invalid(`Entry ${at} needs \`query\`, a chat completions body.`, `${at}.query`)
  const endpoint = compatEndpoint(path, at)
  if (endpoint === 'embeddings')
    return { plan: await planTask(openaiEmbeddingsTask, { body: query }, { inbound, deps }) }
  const isResponses = endpoint === 'responses'
  const { body, keep, isExpanded } = isResponses
    ? await readResponseCall(query, inbound.gateway, deps)
    : { body: query, keep: undefined, isExpanded: false }
  const format = isResponses ? openaiResponses : openaiChat
  const chat = inboundChat(format, { text: JSON.stringify(body), body, isExpanded }, deps)
  return { plan: await planChat(chat, inbound, deps), keep }
}

/** The unified endpoints that an entry can name, with or without version. */
function compatEndpoint(path: string, at: string): 'responses' | 'embeddings' | 'chat/completions' {
  const [, endpoint] = /^(?:v1\/)?(chat\/completions?|embeddings|responses)$/.exec(path) ?? []
  if (endpoint === 'embeddings' || endpoint === 'responses') return endpoint
  if (endpoint !== undefined) return 'chat/completions'
  throw invalid(
    `\`endpoint\` of entry ${at} must be chat/completions, embeddings or responses for provider "compat".`,
    `${at}.endpoint`,
  )
}

/** Entry headers in any case and of any scalar type, as the binding and old clients send them. */
function entryHeaders({ headers, authorization }: JsonObject, at: string): Headers {
  const merged = new Headers()
  if (typeof authorization === 'string') merged.set('authorization', authorization)
  if (headers === undefined || headers === null) return merged
  if (!isObject(headers)) throw invalid(`\`headers\` of entry ${at} must be an object.`, `${at}.headers`)
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || value === null) continue
    try {
      merged.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
    } catch (cause) {
      throw new GatewayError('invalid_header', `Header \`${name}\` of entry ${at} cannot be sent.`, { cause })
    }
  }
  return merged
}

/** Entry headers and `config` win over the request's headers. */
function mergeOptions(outer: GatewayOptions, headers: Headers, { config }: JsonObject): GatewayOptions {
  const inner = parseOptions(headers)
  const { requestTimeout, maxAttempts, retryDelay, backoff } = isObject(config) ? config : {}
  const configured = parseHeaders({
    ...(requestTimeout !== undefined && { 'cf-aig-request-timeout': String(requestTimeout) }),
    ...(maxAttempts !== undefined && { 'cf-aig-max-attempts': String(maxAttempts) }),
    ...(retryDelay !== undefined && { 'cf-aig-retry-delay': String(retryDelay) }),
    ...(backoff !== undefined && { 'cf-aig-backoff': String(backoff) }),
  })
  const retries = { ...outer.retries, ...configured.retries, ...inner.retries }
  return { ...outer, ...configured, ...inner, ...(Object.keys(retries).length > 0 && { retries }) }
}

/** Entries as they may be kept: their headers and queries carry credentials. `undefined` where nothing can be told. */
function withoutEntrySecrets(text: string): string | undefined {
  try {
    const value: Json = JSON.parse(text)
    const entries = Array.isArray(value) ? value : [value]
    return JSON.stringify(entries.map((entry) => (isObject(entry) ? withoutSecrets(entry) : null)))
  } catch {
    return undefined
  }
}

function withoutSecrets({ provider, endpoint, query, config }: JsonObject): JsonObject {
  const path = typeof endpoint === 'string' ? endpoint.replace(/\?.*/s, '') : undefined
  return { provider, endpoint: path, query, config }
}

function invalid(message: string, param: string): GatewayError {
  return new GatewayError('invalid_request', message, { detail: { param } })
}
