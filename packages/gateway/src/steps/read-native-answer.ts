import {
  anthropicMessages,
  bedrockConverse,
  chatApisOf,
  cohereChat,
  geminiGenerate,
  ollamaChat,
  ollamaGenerate,
  openaiChat,
  openaiCompletions,
  openaiResponses,
  parseObject,
  streamTypes,
  workersAI,
  type ChatApi,
  type Framing,
  type JsonObject,
  type WireFormat,
} from '@gw/adapters'
import type { Deps } from '../deps.ts'
import { failureOfProvider } from '../failure.ts'
import { readUnits, type UnitCall } from '../money/read-units.ts'
import type { NativeLeg } from '../plan.ts'
import { createBodyTap, type ReadAnswer } from '../streams/create-body-tap.ts'
import { createChatTap } from '../streams/create-chat-tap.ts'
import { createRelay } from '../streams/relay.ts'
import type { Tap } from '../streams/tap.ts'
import { nativeAnswerHeaders } from './answer-headers.ts'
import type { Attempt, AttemptOutcome } from './attempt-leg.ts'
import { primeFor } from './prime-for.ts'
import { readAnyUsage } from './read-any-usage.ts'
import { seenOf } from './read-chat-answer.ts'

export interface ReadNative {
  leg: NativeLeg
  response: Response
  warnings: string[]
  attempt: Attempt
}

/** The dialect of a native path, by how it ends. Only read from, never written to. */
const dialects: readonly [RegExp, WireFormat][] = [
  [/\/chat\/completions$/, openaiChat],
  [/\/responses$/, openaiResponses],
  [/\/completions$/, openaiCompletions],
  [/\/messages$/, anthropicMessages],
  [/:(?:generateContent|streamGenerateContent)$/, geminiGenerate],
  [/\/publishers\/anthropic\/models\/[^/]+:(?:rawPredict|streamRawPredict)$/, anthropicMessages],
  [/\/publishers\/mistralai\/models\/[^/]+:(?:rawPredict|streamRawPredict)$/, openaiChat],
  [/(?:^|\/)(?:run\/)?@(?:cf|hf)\/.+/, workersAI],
  [/(?:^|\/)v2\/chat$/, cohereChat],
  [/\/api\/chat$/, ollamaChat],
  [/\/api\/generate$/, ollamaGenerate],
  [/\/model\/[^/]+\/converse(?:-stream)?$/, bedrockConverse],
  [/\/model\/[^/]*claude[^/]*\/invoke(?:-with-response-stream)?$/, anthropicMessages],
]

const jsonType = /^application\/(?:[\w.-]+\+)?json/

/** Passes a provider's answer untouched, and reads usage from it where its dialect is known. */
export async function readNativeAnswer({ leg, response, warnings, attempt }: ReadNative): Promise<AttemptOutcome> {
  const { deps, callerSignal, secret } = attempt
  const { status } = response
  const headers = nativeAnswerHeaders(response.headers)
  const tap = tapOf(leg, response, deps)
  const upstream = response.body ?? emptyBody()
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

  const hasBody = response.body !== null && status !== 204 && status !== 304
  if (!hasBody) await relay.prime({ until: 'output', timeoutMs: undefined })
  const isJson = !leg.stream && jsonType.test(response.headers.get('content-type') ?? '')
  const done = (isJson && hasBody ? await relay.readShort() : undefined) ?? relay.done
  const body = hasBody ? relay.body : null
  return {
    ok: true,
    answer: {
      leg,
      status,
      headers,
      body,
      keySource: secret.source,
      warnings,
      done,
      soFar: relay.soFar,
      observe: relay.observe,
      listen: relay.listen,
    },
  }
}

function tapOf(leg: NativeLeg, { headers }: Response, deps: Deps): Tap {
  const type = headers.get('content-type') ?? ''
  const wire = dialects.find(([ending]) => ending.test(`/${leg.path}`))?.[1]
  const framing = framingOf(type)
  if (framing && wire) return eventTap(leg, { ...wire, framing }, deps)
  // Some vendors answer chat without a content type, or with one that is not JSON's.
  const isJson = jsonType.test(type)
  const read = wire ? readWith(wire, leg, deps) : isJson ? readAnyUsage(leg.path, headers) : undefined
  return createBodyTap({
    isText: isJson || wire !== undefined,
    read,
    readUnits: (answer) => readUnits(unitCall(leg, answer, headers)),
  })
}

function unitCall(
  { provider, path, search, body }: NativeLeg,
  answer: JsonObject | undefined,
  headers: Headers,
): UnitCall {
  const request = typeof body === 'string' ? parseObject(body) : undefined
  return { providerId: provider.id, path: `/${path}${search}`, request, answer, headers }
}

function framingOf(type: string): Framing | undefined {
  const framings = ['sse', 'ndjson', 'aws-eventstream'] as const
  return framings.find((framing) => type.startsWith(streamTypes[framing].replace(/;.*/, '')))
}

function eventTap(leg: NativeLeg, wire: WireFormat, deps: Deps): Tap {
  const context = { model: leg.model ?? '', now: deps.now, createId: deps.createId }
  return createChatTap({
    mode: 'bytes',
    repair: repairOf(leg, wire),
    classify: leg.provider.classify,
    wire,
    decoder: wire.createDecoder(context),
    encoder: wire.createEncoder({ model: context.model, messages: [] }, context),
    toCallerError: ({ type, status, message, code }) => ({
      type,
      status,
      message,
      ...(code !== undefined && { code }),
    }),
  })
}

function readWith(wire: WireFormat, leg: NativeLeg, deps: Deps): ReadAnswer {
  const repair = repairOf(leg, wire)
  return (body) => {
    const context = { model: leg.model ?? '', now: deps.now, createId: deps.createId }
    return seenOf(wire.parseResponse(repair?.(body) ?? body, context))
  }
}

/** How the provider's answers in that dialect are mended before they are read. */
function repairOf({ provider }: NativeLeg, wire: WireFormat): ChatApi['repair'] {
  return chatApisOf(provider).find((api) => api.wire.id === wire.id)?.repair
}

function emptyBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() })
}
