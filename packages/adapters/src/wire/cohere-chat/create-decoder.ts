import type { ChatChunk, ChatUsage, ChunkChoice, Delta } from '../../chat.ts'
import type { SseEvent } from '../../decode-stream.ts'
import { objectOf, parseObject, stringOf, type JsonObject } from '../../json.ts'
import { readProviderError, readStreamError } from '../../read-provider-error.ts'
import type { StreamDecoder, StreamItem, WireContext } from '../../wire-format.ts'
import { malformed } from '../openai-chat/create-decoder.ts'
import { createDeltaReader, type DeltaReader } from './create-delta-reader.ts'
import { toFinishReason } from './finish-reason.ts'
import { parseResponse } from './parse-response.ts'
import { readLogprobs } from './read-logprobs.ts'
import { toChatUsage } from './to-chat-usage.ts'

interface Progress {
  readonly context: WireContext
  readonly created: number
  readonly deltas: DeltaReader
  head?: Head
  finished: boolean
}

type Head = Pick<ChatChunk, 'id' | 'object' | 'created' | 'model'>

/** Reads the events of a streamed answer. A service that fails says so in its last event, under HTTP 200. */
export function createDecoder(context: WireContext): StreamDecoder {
  const progress: Progress = {
    context,
    created: Math.floor(context.now() / 1000),
    deltas: createDeltaReader(context),
    finished: false,
  }
  return {
    push: ({ data }: SseEvent) => {
      if (data.trim() === '[DONE]') return []
      const event = parseObject(data)
      return event ? read(event, progress) : [malformed]
    },
    end: () => [],
    get finished() {
      return progress.finished
    },
  }
}

function read(event: JsonObject, progress: Progress): StreamItem[] {
  const { type } = event
  if (type === 'message-start') return start(event, progress)
  if (type === 'message-end') return finish(objectOf(event['delta']) ?? {}, progress)
  if (type === undefined && objectOf(event['message'])) return readWhole(event, progress)
  if (type === undefined || event['error'] !== undefined) return [{ type: 'error', error: readStreamError(event) }]
  const delta = progress.deltas.read(event)
  const logprobs = readLogprobs(event['logprobs'])
  if (delta === undefined && logprobs === undefined) return []
  const choice = { index: 0, delta: delta ?? {}, ...(logprobs !== undefined && { logprobs }), finish_reason: null }
  return chunk(progress, { choices: [choice] })
}

function start(event: JsonObject, progress: Progress): StreamItem[] {
  if (progress.head) return []
  const { context, created } = progress
  const id = stringOf(event['id']) || `chat-${context.createId()}`
  progress.head = { id, object: 'chat.completion.chunk', created, model: context.model }
  const first: ChunkChoice = { index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }
  return [{ type: 'chunk', chunk: { ...progress.head, choices: [first] } }]
}

/** A chunk, after the opening one where a server leaves out `message-start`. */
function chunk(progress: Progress, fields: { choices: ChunkChoice[]; usage?: ChatUsage }): StreamItem[] {
  const opening = start({}, progress)
  return progress.head ? [...opening, { type: 'chunk', chunk: { ...progress.head, ...fields } }] : opening
}

function finish(end: JsonObject, progress: Progress): StreamItem[] {
  if (progress.finished) return []
  progress.finished = true
  const native = stringOf(end['finish_reason'])
  const usage = toChatUsage(end['usage'])
  const empty = progress.deltas.complete()
  const failure = readFailure(native, end)
  if (failure) return [failure]
  const ending: ChunkChoice = {
    index: 0,
    delta: empty ?? {},
    finish_reason: toFinishReason(native, progress.deltas.toolCalls > 0),
    ...(native !== undefined && { native_finish_reason: native }),
  }
  return [...chunk(progress, { choices: [ending] }), ...(usage ? chunk(progress, { choices: [], usage }) : [])]
}

const failures: Readonly<Record<string, number>> = { ERROR: 502, TIMEOUT: 504 }

/** A service that failed or ran out of time; a call that the model could not write is the model's answer, not that. */
function readFailure(native: string | undefined, end: JsonObject): StreamItem | undefined {
  const status = failures[native ?? '']
  if (status === undefined || end['error_type'] === 'INVALID_TOOL_GENERATION') return undefined
  return { type: 'error', error: readProviderError({ status, body: end }) }
}

/** One whole answer that came instead of a stream. */
function readWhole(body: JsonObject, progress: Progress): StreamItem[] {
  const { id, choices, usage } = parseResponse(body, progress.context)
  const opening = start({ id }, progress)
  progress.finished = true
  const said = choices.map(({ index, message, ...ending }): ChunkChoice => {
    const { role: _, content, refusal: __, tool_calls: calls, native: ___, ...rest } = message
    const delta: Delta = {
      ...rest,
      ...(typeof content === 'string' && { content }),
      ...(calls && { tool_calls: calls.map((call, position) => ({ index: position, ...call })) }),
    }
    return { index, delta, ...ending }
  })
  const last = usage ? chunk(progress, { choices: [], usage }) : []
  return [...opening, ...chunk(progress, { choices: said }), ...last]
}
