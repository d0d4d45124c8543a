import {
  streamTypes,
  WireError,
  type CallerError,
  type ChatRequest,
  type ChatResponse,
  type ProviderError,
} from '@gw/adapters'
import type { Deps } from '../deps.ts'
import { failureOfProvider } from '../failure.ts'
import type { ChatLeg, InboundChat } from '../plan.ts'
import { createPartialAnswer } from '../streams/create-partial-answer.ts'
import { createChatTap, type ChatTapMode } from '../streams/create-chat-tap.ts'
import { createRelay } from '../streams/relay.ts'
import { nothingSeen } from '../streams/tap.ts'
import { answerHeaders } from './answer-headers.ts'
import type { Attempt, AttemptOutcome } from './attempt-leg.ts'
import { asksForUsage, callerWantsUsage } from './chat-body.ts'
import { primeFor } from './prime-for.ts'
import { readJsonAnswer } from './read-json-answer.ts'

export interface ReadChat {
  leg: ChatLeg
  response: Response
  warnings: string[]
  attempt: Attempt
}

/** Turns a provider's answer into the caller's format, or passes it untouched where both are the same. */
export async function readChatAnswer(read: ReadChat): Promise<AttemptOutcome> {
  const { leg, response } = read
  return leg.chat.stream && response.body !== null && !isJson(response)
    ? readStream(read, response.body)
    : readWhole(read)
}

/** A provider that answers a stream request with one JSON document is heard all the same. */
function isJson({ headers }: Response): boolean {
  return /^application\/(?:json|problem\+json)\b/.test(headers.get('content-type') ?? '')
}

async function readStream(
  { leg, response, warnings, attempt }: ReadChat,
  upstream: ReadableStream<Uint8Array>,
): Promise<AttemptOutcome> {
  const { deps, callerSignal, secret } = attempt
  const context = contextOf(leg, deps)
  const encoder = leg.chat.format.createEncoder(requestOf(leg), context)
  const tellCaller = (error: ProviderError): CallerError => toCallerError(error, { leg, logId: attempt.logId })
  const partial = leg.onBreak === 'continue' && attempt.canFallBack ? createPartialAnswer() : undefined
  const tap = createChatTap({
    mode: tapMode(leg),
    repair: leg.api.repair,
    classify: leg.provider.classify,
    wire: leg.api.wire,
    decoder: leg.api.wire.createDecoder(context),
    encoder,
    toCallerError: tellCaller,
    onChunk: partial?.add,
    price: leg.price,
  })
  const relay = createRelay({
    upstream,
    tap,
    limits: deps.limits,
    now: deps.now,
    report: (error) => deps.report(error, attempt.logId),
    callerSignal,
  })
  const error = await primeFor(attempt, relay)
  if (error) return { ok: false, failure: failureOfProvider(error) }

  const headers = answerHeaders(response.headers)
  headers.set('content-type', streamTypes[leg.chat.format.framing ?? 'sse'])
  headers.set('cache-control', 'no-cache')
  return {
    ok: true,
    answer: {
      leg,
      status: 200,
      headers,
      body: relay.body,
      keySource: secret.source,
      warnings,
      done: relay.done,
      soFar: relay.soFar,
      ...(partial && { continuation: { partial, encoder, context, toCallerError: tellCaller } }),
      observe: relay.observe,
      listen: relay.listen,
    },
  }
}

/** Same format and nothing to mend: the bytes themselves. */
export function tapMode(leg: ChatLeg): ChatTapMode {
  const { chat, api, price, onBreak } = leg
  if (chat.format.id !== api.wire.id || api.deviates || api.repair || price) return 'translated'
  if (onBreak === 'continue' && chat.stream) return 'translated'
  return asksForUsage(leg) ? 'events' : 'bytes'
}

async function readWhole({ leg, response, warnings, attempt }: ReadChat): Promise<AttemptOutcome> {
  const { deps, secret, callerSignal } = attempt
  const read = await readJsonAnswer(response, attempt)
  if ('failure' in read) return { ok: false, failure: read.failure }
  const { text, body } = read
  const context = contextOf(leg, deps)
  const answer = leg.api.wire.parseResponse(leg.api.repair?.(body) ?? body, context)
  const cost = answer.usage && leg.price?.(answer.usage)
  const parsed = answer.usage && cost !== undefined ? { ...answer, usage: { ...answer.usage, cost } } : answer
  const mode = tapMode(leg)
  const written = leg.chat.stream
    ? streamOf(parsed, leg, deps)
    : mode === 'translated'
      ? JSON.stringify(leg.chat.format.formatResponse(parsed, context, requestOf(leg)))
      : text
  const headers = answerHeaders(response.headers)
  headers.set('content-type', leg.chat.stream ? streamTypes[leg.chat.format.framing ?? 'sse'] : 'application/json')
  const seen = { ...nothingSeen(), ...seenOf(parsed), hasOutput: true, isFinished: true }
  const ending = callerSignal.aborted ? ('client_gone' as const) : ('complete' as const)
  const done = { ending, seen, firstOutputAt: deps.now() }
  return { ok: true, answer: { leg, status: 200, headers, body: written, keySource: secret.source, warnings, done } }
}

/** What settlement needs of a whole answer. */
export function seenOf({ usage, model, choices }: ChatResponse) {
  const outputCharacters = choices.reduce((sum, { message }) => {
    const calls = (message.tool_calls ?? []).reduce((length, call) => length + call.function.arguments.length, 0)
    const content = typeof message.content === 'string' ? message.content.length : 0
    return sum + content + calls + (message.reasoning_content?.length ?? 0)
  }, 0)
  return { usage, model, outputCharacters }
}

/** A whole answer as a stream, for callers who asked for one of a provider that does not stream. */
function streamOf(response: ChatResponse, leg: ChatLeg, deps: Deps): string {
  const encoder = leg.chat.format.createEncoder(requestOf(leg), contextOf(leg, deps))
  const { choices, usage, object: _, ...head } = response
  const chunk = { ...head, object: 'chat.completion.chunk' as const }
  const deltas = choices.map(({ index, message, logprobs }) => {
    const { content, tool_calls: calls, ...said } = message
    const delta = {
      ...said,
      content: typeof content === 'string' ? content : '',
      ...(calls && { tool_calls: calls.map((call, position) => ({ ...call, index: position })) }),
    }
    return { index, delta, finish_reason: null, ...(logprobs !== undefined && { logprobs }) }
  })
  const endings = choices.map(({ index, finish_reason }) => ({ index, delta: {}, finish_reason }))
  return (
    encoder.push({ ...chunk, choices: deltas }) +
    encoder.push({ ...chunk, choices: endings }) +
    (usage ? encoder.push({ ...chunk, choices: [], usage }) : '') +
    encoder.end()
  )
}

function toCallerError(error: ProviderError, { leg, logId }: { leg: ChatLeg; logId: string }): CallerError {
  const { type, status, message, code, param } = error
  return {
    type,
    status,
    message,
    ...(code !== undefined && { code }),
    ...(param !== undefined && { param }),
    gw: { type, provider: leg.provider.id, model: leg.model, log_id: logId },
  }
}

/** What an encoder reads. A body that is passed on in its own format may say things that the canonical form cannot. */
function requestOf(leg: ChatLeg): ChatRequest {
  const { chat, api, model } = leg
  if (chat.format.id !== api.wire.id) return chat.request()
  const least = { model, messages: [], stream_options: { include_usage: callerWantsUsage(chat.body) } }
  return tapMode(leg) === 'translated' ? (readableRequest(chat) ?? least) : least
}

function readableRequest({ request }: InboundChat): ChatRequest | undefined {
  try {
    return request()
  } catch (error) {
    if (error instanceof WireError) return undefined
    throw error
  }
}

const contextOf = ({ model }: ChatLeg, { now, createId }: Deps) => ({ model, now, createId })
