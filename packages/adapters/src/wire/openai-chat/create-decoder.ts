import type { ChatChunk, ChatUsage, ChunkChoice, Delta, ToolCallDelta } from '../../chat.ts'
import type { SseEvent } from '../../decode-stream.ts'
import { numberOf, objectOf, objectsOf, parseObject, stringOf, type JsonObject } from '../../json.ts'
import { readStreamError } from '../../read-provider-error.ts'
import type { StreamDecoder, StreamItem, WireContext } from '../../wire-format.ts'
import { toFinishReason } from './finish-reason.ts'
import { parseUsage } from './parse-usage.ts'
import { readAnnotations } from './read-annotations.ts'
import { readContent } from './read-content.ts'
import { readImages } from './read-images.ts'
import { readReasoningDetails } from './read-reasoning-details.ts'
import { answerFields, unnamedFields } from './unnamed-fields.ts'

/** What one choice has said so far. */
interface ChoiceState {
  /** Ids of the tool calls, by dense index. */
  calls: { upstreamIndex: number; id: string; hasArguments: boolean }[]
  started: boolean
  finished: boolean
  cited: boolean
}

/** Reads chat completion chunks and puts right what imitators of the format get wrong. */
export function createDecoder(context: WireContext): StreamDecoder {
  const states = new Map<number, ChoiceState>()
  let head: Pick<ChatChunk, 'id' | 'object' | 'created' | 'model'> | undefined
  let usage: ChatUsage | undefined
  let reportedUsage = false
  let done = false
  let closed = false

  const stateOf = (index: number): ChoiceState => {
    const known = states.get(index)
    if (known) return known
    const state = { calls: [], started: false, finished: false, cited: false }
    states.set(index, state)
    return state
  }

  const chunkOf = (choices: ChunkChoice[], rest: Partial<ChatChunk> = {}): StreamItem => {
    head ??= headOf({}, context)
    return { type: 'chunk', chunk: { ...head, choices, ...rest } }
  }

  const read = (body: JsonObject): StreamItem[] => {
    if (objectOf(body['error']) || typeof body['error'] === 'string')
      return [{ type: 'error', error: readStreamError(body) }]
    head ??= headOf(body, context)
    usage = parseUsage(body['usage']) ?? parseUsage(objectOf(body['x_groq'])?.['usage']) ?? usage
    const choices = objectsOf(body['choices']).map((choice, position) => {
      const index = numberOf(choice['index']) ?? position
      return readChoice(choice, { index, body, state: stateOf(index), context })
    })
    if (choices.length === 0 && usage && !reportedUsage) {
      reportedUsage = true
      return [chunkOf([], { usage })]
    }
    const extra = unnamedFields(body, answerFields)
    const said = choices.filter(({ delta, finish_reason }) => finish_reason !== null || Object.keys(delta).length > 0)
    if (said.length === 0) return []
    const tier = stringOf(body['service_tier'])
    return [chunkOf(said, { ...(tier !== undefined && { service_tier: tier }), ...(extra && { extra }) })]
  }

  /** Choices that never got a finish reason although the stream is complete, and the usage. */
  const close = (): StreamItem[] => {
    if (closed) return []
    closed = true
    const open = [...states].filter(([, state]) => done && state.started && !state.finished)
    const endings = open.map(([index, state]): ChunkChoice => {
      state.finished = true
      return { index, delta: {}, finish_reason: state.calls.length > 0 ? 'tool_calls' : 'stop' }
    })
    return [
      ...(endings.length > 0 ? [chunkOf(endings)] : []),
      ...(usage && !reportedUsage ? [chunkOf([], { usage })] : []),
    ]
  }

  return {
    push: (event: SseEvent) => {
      if (event.data.trim() === '[DONE]') {
        done = true
        return close()
      }
      const body = parseObject(event.data)
      return body ? read(body) : [{ type: 'error', error: malformed() }]
    },
    end: close,
    get finished() {
      return done || (states.size > 0 && [...states.values()].every(({ finished }) => finished))
    },
  }
}

function headOf(body: JsonObject, context: WireContext): Pick<ChatChunk, 'id' | 'object' | 'created' | 'model'> {
  return {
    id: stringOf(body['id']) || `chatcmpl-${context.createId()}`,
    object: 'chat.completion.chunk',
    created: numberOf(body['created']) || Math.floor(context.now() / 1000),
    model: stringOf(body['model']) || context.model,
  }
}

interface ChoiceContext {
  index: number
  body: JsonObject
  state: ChoiceState
  context: WireContext
}

function readChoice(choice: JsonObject, { index, body, state, context }: ChoiceContext): ChunkChoice {
  const delta = readDelta(objectOf(choice['delta']) ?? {}, { index, body, state, context })
  const native = stringOf(choice['finish_reason'])
  const finish = state.finished ? undefined : toFinishReason(native, state.calls.length > 0)
  if (finish !== undefined) state.finished = true
  const empty = finish === undefined ? [] : completeArguments(state)
  const { logprobs } = choice
  return {
    index,
    delta: empty.length > 0 ? { ...delta, tool_calls: [...(delta.tool_calls ?? []), ...empty] } : delta,
    ...(logprobs !== undefined && logprobs !== null && { logprobs }),
    finish_reason: finish ?? null,
    ...(finish !== undefined && native !== undefined && { native_finish_reason: native }),
  }
}

function readDelta(delta: JsonObject, { body, state, context }: ChoiceContext): Delta {
  const { content, reasoning } = readContent(delta)
  const details = readReasoningDetails(delta)
  const calls = objectsOf(delta['tool_calls']).map((call, position) => readToolCall(call, { position, state, context }))
  const annotations = state.cited ? [] : readAnnotations(delta, body)
  const images = readImages(delta)
  const audio = objectOf(delta['audio'])
  const refusal = stringOf(delta['refusal'])
  const isFirst = !state.started
  state.started = true
  state.cited ||= annotations.length > 0
  return {
    ...(isFirst && { role: 'assistant' as const, content: content ?? '' }),
    ...(!isFirst && content && { content }),
    ...(refusal !== undefined && { refusal }),
    ...(reasoning && { reasoning_content: reasoning }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(annotations.length > 0 && { annotations }),
    ...(images.length > 0 && { images }),
    ...(audio && { audio }),
  }
}

/** A call without arguments means an empty object. */
function completeArguments({ calls }: ChoiceState): ToolCallDelta[] {
  return calls.flatMap((call, index) => (call.hasArguments ? [] : [{ index, function: { arguments: '{}' } }]))
}

interface CallContext {
  position: number
  state: ChoiceState
  context: WireContext
}

/** Gives each call a dense index and an id. A new id on a used index is a new call: some servers send all as index 0. */
function readToolCall(call: JsonObject, { position, state, context }: CallContext): ToolCallDelta {
  const { calls } = state
  const called = objectOf(call['function']) ?? {}
  const id = stringOf(call['id']) || undefined
  const name = stringOf(called['name']) || undefined
  const upstreamIndex = numberOf(call['index']) ?? (id === undefined ? position : calls.length + position)
  const stated = called['arguments']
  const pieces = typeof stated === 'string' || stated === undefined ? stated : JSON.stringify(stated)
  const signature = stringOf(objectOf(objectOf(call['extra_content'])?.['google'])?.['thought_signature'])
  const extra = signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } }

  const known = calls.findLastIndex((open) => open.upstreamIndex === upstreamIndex)
  const open = calls[known]
  const isNew = open === undefined || (id !== undefined && id !== open.id && name !== undefined)
  if (!isNew) {
    open.hasArguments ||= Boolean(pieces)
    return { index: known, function: { arguments: pieces ?? '' }, ...extra }
  }
  const started = { upstreamIndex, id: id ?? `call_${context.createId()}`, hasArguments: Boolean(pieces) }
  calls.push(started)
  return {
    index: calls.length - 1,
    id: started.id,
    type: 'function',
    function: { name: name ?? '', arguments: pieces === 'null' ? '{}' : (pieces ?? '') },
    ...extra,
  }
}

function malformed(): Extract<StreamItem, { type: 'error' }>['error'] {
  return { type: 'upstream_error', status: 502, message: 'The provider sent a stream event that is not JSON.' }
}
