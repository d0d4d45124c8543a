import type { ChatChunk, ChatUsage, ChunkChoice, Delta } from '../../chat.ts'
import { numberOf, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import { readStreamError } from '../../read-provider-error.ts'
import type { StreamItem, WireContext } from '../../wire-format.ts'
import { toFinishReason } from './finish-reason.ts'
import { parseUsage } from './parse-usage.ts'
import { readAnnotations } from './read-annotations.ts'
import { readContent } from './read-content.ts'
import { readImages } from './read-images.ts'
import { readReasoningDetails } from './read-reasoning-details.ts'
import { completeArguments, readToolCallDelta, type OpenCall } from './read-tool-call-delta.ts'
import { answerFields, unnamedFields } from './unnamed-fields.ts'

/** What one choice has said so far. */
interface ChoiceState {
  calls: OpenCall[]
  started: boolean
  finished: boolean
  cited: boolean
}

interface Progress {
  readonly context: WireContext
  readonly choices: Map<number, ChoiceState>
  head?: Head
  usage?: ChatUsage | undefined
  /** The usage is out. */
  reported: boolean
  /** The provider has said `[DONE]`. */
  done: boolean
  /** The last items are out. */
  closed: boolean
}

type Head = Pick<ChatChunk, 'id' | 'object' | 'created' | 'model'>

/** Reads chunks that are parsed already, for formats that put theirs into the words of chunks. */
export interface ChunkReader {
  read(body: JsonObject): StreamItem[]
  /** The provider has said `[DONE]`. */
  done(): StreamItem[]
  /** The provider has closed the stream. */
  end(): StreamItem[]
  readonly finished: boolean
}

/** Reads chat completion chunks and puts right what imitators of the format get wrong. */
export function createChunkReader(context: WireContext): ChunkReader {
  const progress: Progress = { context, choices: new Map(), reported: false, done: false, closed: false }
  return {
    read: (body) => read(body, progress),
    done: () => {
      progress.done = true
      return close(progress)
    },
    end: () => close(progress),
    get finished() {
      const states = [...progress.choices.values()]
      return progress.done || (states.length > 0 && states.every(({ finished }) => finished))
    },
  }
}

function read(body: JsonObject, progress: Progress): StreamItem[] {
  if (objectOf(body['error']) || typeof body['error'] === 'string')
    return [{ type: 'error', error: readStreamError(body) }]
  const { context } = progress
  progress.head ??= headOf(body, context)
  const usage = parseUsage(body['usage']) ?? parseUsage(objectOf(body['x_groq'])?.['usage'])
  progress.usage = usage ?? progress.usage
  const choices = objectsOf(body['choices']).map((choice, position) => {
    const index = numberOf(choice['index']) ?? position
    return readChoice(choice, { index, body, state: stateOf(index, progress), context })
  })
  const isEnded = [...progress.choices.values()].every(({ finished }) => finished)
  if (choices.length === 0 && usage && isEnded && !progress.reported) {
    progress.reported = true
    return [chunkOf(progress, { choices: [], usage })]
  }
  const extra = unnamedFields(body, answerFields)
  const said = choices.filter(({ delta, finish_reason }) => finish_reason !== null || Object.keys(delta).length > 0)
  if (said.length === 0) return []
  const tier = stringOf(body['service_tier'])
  const fields = { ...(tier !== undefined && { service_tier: tier }), ...(extra && { extra }) }
  return [chunkOf(progress, { choices: said, ...fields })]
}

/** Choices that never got a finish reason although the stream is complete, and the usage. */
function close(progress: Progress): StreamItem[] {
  if (progress.closed) return []
  progress.closed = true
  const { choices, usage, reported, done } = progress
  const open = [...choices].filter(([, state]) => done && state.started && !state.finished)
  const endings = open.map(([index, state]): ChunkChoice => {
    state.finished = true
    const empty = completeArguments(state.calls)
    const delta = empty.length > 0 ? { tool_calls: empty } : {}
    return { index, delta, finish_reason: state.calls.length > 0 ? 'tool_calls' : 'stop' }
  })
  return [
    ...(endings.length > 0 ? [chunkOf(progress, { choices: endings })] : []),
    ...(usage && !reported ? [chunkOf(progress, { choices: [], usage })] : []),
  ]
}

function stateOf(index: number, { choices }: Progress): ChoiceState {
  const known = choices.get(index)
  if (known) return known
  const state = { calls: [], started: false, finished: false, cited: false }
  choices.set(index, state)
  return state
}

function chunkOf(progress: Progress, fields: Omit<ChatChunk, keyof Head>): StreamItem {
  progress.head ??= headOf({}, progress.context)
  return { type: 'chunk', chunk: { ...progress.head, ...fields } }
}

function headOf(body: JsonObject, context: WireContext): Head {
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
  const empty = finish === undefined ? [] : completeArguments(state.calls)
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
  const { calls: known } = state
  const calls = objectsOf(delta['tool_calls']).map((call, position) =>
    readToolCallDelta(call, { position, calls: known, context }),
  )
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
