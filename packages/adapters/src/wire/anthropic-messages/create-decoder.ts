import type { ChatChunk, ChunkChoice, Delta } from '../../chat.ts'
import type { SseEvent } from '../../decode-stream.ts'
import { objectOf, parseObject, stringOf, type JsonObject } from '../../json.ts'
import { readStreamError } from '../../read-provider-error.ts'
import type { StreamDecoder, StreamItem, WireContext } from '../../wire-format.ts'
import { createBlockReader, type BlockReader } from './create-block-reader.ts'
import { toChatUsage } from './to-chat-usage.ts'
import { toFinishReason } from './to-finish-reason.ts'

/** Reads the events of a streamed message: one chunk for each event that says something. */
export function createDecoder(context: WireContext): StreamDecoder {
  const progress: Progress = {
    context,
    created: Math.floor(context.now() / 1000),
    blocks: createBlockReader(),
    usage: {},
    isCounted: false,
    ended: false,
    closed: false,
    finished: false,
  }
  return {
    push: ({ data }: SseEvent) => {
      const event = parseObject(data)
      return event ? read(event, progress) : [malformed]
    },
    end: () => close(progress),
    get finished() {
      return progress.finished
    },
  }
}

interface Progress {
  readonly context: WireContext
  readonly created: number
  readonly blocks: BlockReader
  head?: Head
  usage: JsonObject
  /** The finish reason is out. */
  ended: boolean
  /** The count of the whole answer has come; before that there is only that of its beginning. */
  isCounted: boolean
  /** The usage is out. */
  closed: boolean
  finished: boolean
}

type Head = Pick<ChatChunk, 'id' | 'object' | 'created' | 'model'>

function read(event: JsonObject, progress: Progress): StreamItem[] {
  const { blocks } = progress
  switch (event['type']) {
    case 'message_start':
      return start(objectOf(event['message']) ?? {}, progress)
    case 'content_block_start':
      return say(blocks.start(event), progress)
    case 'content_block_delta':
      return say(blocks.delta(event), progress)
    case 'content_block_stop':
      return say(blocks.stop(event), progress)
    case 'message_delta':
      return finish(event, progress)
    case 'message_stop':
      progress.finished = true
      return close(progress)
    case 'error':
      progress.finished = true
      return [{ type: 'error', error: readStreamError(event) }]
    default:
      return []
  }
}

function start(message: JsonObject, progress: Progress): StreamItem[] {
  if (progress.head) return []
  const { context, created } = progress
  const head: Head = {
    id: stringOf(message['id']) || `msg_${context.createId()}`,
    object: 'chat.completion.chunk',
    created,
    model: stringOf(message['model']) || context.model,
  }
  progress.head = head
  progress.usage = latest(progress.usage, objectOf(message['usage']))
  const first: ChunkChoice = { index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }
  return [{ type: 'chunk', chunk: { ...head, choices: [first] } }]
}

/** A chunk, after the opening one where a server leaves out `message_start`. */
function chunk(progress: Progress, fields: Pick<ChatChunk, 'choices' | 'usage' | 'service_tier'>): StreamItem[] {
  const opening = start({}, progress)
  return progress.head ? [...opening, { type: 'chunk', chunk: { ...progress.head, ...fields } }] : opening
}

function say(delta: Delta | undefined, progress: Progress): StreamItem[] {
  return delta ? chunk(progress, { choices: [{ index: 0, delta, finish_reason: null }] }) : []
}

function finish(event: JsonObject, progress: Progress): StreamItem[] {
  const usage = objectOf(event['usage'])
  progress.usage = latest(progress.usage, usage)
  progress.isCounted ||= usage !== undefined
  const ending = progress.ended ? undefined : readEnding(objectOf(event['delta']) ?? {}, progress.blocks.toolCalls)
  progress.ended ||= ending !== undefined
  return ending ? chunk(progress, { choices: [ending] }) : []
}

/** The usage; also after a cut, when what is known so far is still owed. */
function close(progress: Progress): StreamItem[] {
  if (progress.closed || Object.keys(progress.usage).length === 0) return []
  progress.closed = true
  const tier = stringOf(progress.usage['service_tier'])
  const usage = { ...toChatUsage(progress.usage), ...(!progress.isCounted && { is_preliminary: true }) }
  return chunk(progress, { choices: [], usage, ...(tier !== undefined && { service_tier: tier }) })
}

const malformed: StreamItem = {
  type: 'error',
  error: { type: 'upstream_error', status: 502, message: 'The provider sent a stream event that is not JSON.' },
}

function readEnding(delta: JsonObject, toolCalls: number): ChunkChoice | undefined {
  const native = stringOf(delta['stop_reason'])
  if (native === undefined) return undefined
  const stopSequence = stringOf(delta['stop_sequence'])
  const refusal = stringOf(objectOf(delta['stop_details'])?.['explanation'])
  const reason = toFinishReason(native)
  return {
    index: 0,
    delta: refusal === undefined ? {} : { refusal },
    finish_reason: reason === 'tool_calls' && toolCalls === 0 ? 'stop' : reason,
    native_finish_reason: native,
    ...(stopSequence !== undefined && { stop_sequence: stopSequence }),
  }
}

/** Usage is cumulative, and later events leave out or null what did not change. */
function latest(known: JsonObject, update: JsonObject | undefined): JsonObject {
  const stated = Object.entries(update ?? {}).filter(([, value]) => value !== null && value !== undefined)
  return { ...known, ...Object.fromEntries(stated) }
}
