import type { ChatApi, ChatRequest, ChatUsage, JsonObject, Provider, TaskAnswer, WireFormat } from '@gw/adapters'
import type { GatewayOptions } from '@gw/headers'
import type { Secret } from '@gw/keys'
import type { RetryPolicy } from '@gw/router'
import type { SentBetas } from './steps/read-betas.ts'
import type { Dialect } from './errors/dialect.ts'
import type { RouteOnLeg } from './dynamic-routes/route-on-leg.ts'
import type { Counter } from './ledger/ledger.ts'
import type { Itinerary } from './routing/itinerary.ts'

/** What one request asks for. */
export interface Plan {
  itinerary: Itinerary
  /**
   * All that the request says to a provider, whoever that is: equal requests of one caller have equal identities.
   * `undefined` for what cannot be compared, such as a body that streams through.
   */
  identity: readonly string[] | undefined
  /** On unified surfaces, the chat that it is. */
  chat?: PlannedChat
  /** Of a universal request. */
  entries?: readonly PlannedEntry[]
  /** The model as the caller named it. */
  requestedModel: string | undefined
  stream: boolean
}

/** An entry of a universal request. */
export interface PlannedEntry {
  /** What it asks of the gateway. */
  options: GatewayOptions
  /** Provider and endpoint. */
  place: string
}

/** A chat request, by which others can be found that are like it. */
export interface PlannedChat {
  body: JsonObject
  /** Where the turns are. */
  turns: WireFormat['turns']
  /** All of the identity but the body. */
  around: readonly string[]
}

/** One thing the caller listed. */
export type Leg = UpstreamLeg | LocalLeg

/** A leg for which we make one call, or more when it is retried. */
export type UpstreamLeg = ChatLeg | NativeLeg | TaskLeg

interface LegBase {
  /** Index in the caller's list, from 0. */
  step: number
  provider: Provider
  /** The caller's own upstream secret for this provider. */
  secret: Secret | undefined
  /** What the caller asks of the gateway for this leg; an entry of a universal request may say more than the request. */
  options: GatewayOptions
  retry: RetryPolicy
  /** The provider charges nothing for it. */
  isFree: boolean
  /** The dynamic route that led here. */
  route?: RouteOnLeg
  /** Limits of routes that led to legs before, and go on counting what these may have cost. */
  counting?: readonly Counter[]
}

/** A chat request that is translated to the provider's dialect. */
export interface ChatLeg extends LegBase {
  kind: 'chat'
  /** The model as the provider knows it. */
  model: string
  /** The provider's dialect for it. */
  api: ChatApi
  betas: SentBetas
  chat: InboundChat
  /** What becomes of a stream that breaks off after real output. */
  onBreak: 'error' | 'continue'
  /** Set when the caller asked for the cost in the answer (`usage.include`): the cost of a usage, in USD. */
  price: ((usage: ChatUsage) => number | undefined) | undefined
}

/** A request in the provider's own words, passed on as it is. */
export interface NativeLeg extends LegBase {
  kind: 'native'
  /** As far as path or body tell. */
  model: string | undefined
  method: string
  /** Path below the provider's base, without query. */
  path: string
  /** With its `?`, or empty. */
  search: string
  headers: Headers
  /** Text can be sent again; a stream only once. */
  body: string | ReadableStream<Uint8Array> | null
  stream: boolean
}

/** A task of one JSON request and one JSON answer (embeddings, rerank, …), in the provider's dialect. */
export interface TaskLeg extends LegBase {
  kind: 'task'
  /** The model as the provider knows it. */
  model: string
  /** Below the provider's base, or a whole URL. */
  path: string
  body: string
  /** The caller's wishes for unreleased features, in the provider's header for them. */
  betas?: { header: string; values: readonly string[] }
  stream: false
  /** What the target could not express. */
  warnings: string[]
  /** How the provider's failures are written. */
  dialect: Dialect
  /** @throws WireError when the answer is none. */
  read(answer: JsonObject, headers: Headers): TaskReading
}

/** What the gateway answers itself, on a provider's behalf. */
export interface LocalLeg extends LegBase {
  kind: 'local'
  model: string
  stream: false
  answer: JsonObject
  warnings: string[]
}

/** What a provider answered to a task. */
export interface TaskReading {
  parsed: TaskAnswer
  /** In the caller's format; absent where the answer passes as it is. */
  body?: JsonObject
}

/** A chat request as it came in. */
export interface InboundChat {
  format: WireFormat
  /** The body as it came. */
  text: string
  /** The same, parsed. */
  body: JsonObject
  /** The model as the caller named it. */
  model: string | undefined
  stream: boolean
  /** Earlier turns that the gateway keeps were put in, with its own ids. */
  isExpanded: boolean
  /** What a target must keep to, where the body says it. */
  constraints: unknown
  /** The caller asked for the cost in the answer. */
  wantsCost: boolean
  /** In the canonical form; parsed on first use. @throws WireError */
  request(): ChatRequest
}
