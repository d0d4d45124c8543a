import type { ChatChunk, ChunkChoice, Delta } from '../../chat.ts'
import type { SseEvent } from '../../decode-stream.ts'
import { numberOf, objectOf, parseObject, stringOf, type JsonObject } from '../../json.ts'
import { readStreamError } from '../../read-provider-error.ts'
import type { StreamDecoder, StreamItem, WireContext } from '../../wire-format.ts'
import { malformed } from '../openai-chat/create-decoder.ts'
import { createBlockReader, type BlockReader } from './create-block-reader.ts'
import { toFinishReason } from './finish-reason.ts'
import { readExtra, readServiceTier, readStopSequence } from './read-answer-fields.ts'
import { toChatUsage } from './to-chat-usage.ts'

/** Reads the events of a streamed answer. `messageStop` ends it; `metadata` with the usage comes after. */
export function createDecoder(context: WireContext): StreamDecoder {
  const progress: Progress = {
    head: {
      id: `converse-${context.createId()}`,
      object: 'chat.completion.chunk',
      created: Math.floor(context.now() / 1000),
      model: context.model,
    },
    blocks: createBlockReader(context.model),
    started: false,
    ended: false,
    reported: false,
    finished: false,
  }
  return {
    push: ({ event, data }: SseEvent) => {
      const body = parseObject(data)
      return body ? read(body, { name: event, progress }) : [malformed]
    },
    end: () => [],
    get finished() {
      return progress.finished
    },
  }
}

interface Progress {
  readonly head: Pick<ChatChunk, 'id' | 'object' | 'created' | 'model'>
  readonly blocks: BlockReader
  started: boolean
  /** The finish reason is out. */
  ended: boolean
  /** The usage is out. */
  reported: boolean
  finished: boolean
}

interface EventContext {
  name: string | undefined
  progress: Progress
}

function read(body: JsonObject, { name, progress }: EventContext): StreamItem[] {
  const { blocks } = progress
  if (body['type'] === 'error') {
    progress.finished = true
    return [{ type: 'error', error: readStreamError(body) }]
  }
  switch (name) {
    case 'messageStart':
      return start(progress)
    case 'contentBlockStart':
      return say(blocks.start(body), progress)
    case 'contentBlockDelta':
      return say(blocks.delta(body), progress)
    case 'contentBlockStop':
      return say(blocks.stop(body), progress)
    case 'messageStop':
      return finish(body, progress)
    case 'metadata':
      return report(body, progress)
    default:
      return []
  }
}

function start(progress: Progress): StreamItem[] {
  if (progress.started) return []
  progress.started = true
  const first: ChunkChoice = { index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }
  return [{ type: 'chunk', chunk: { ...progress.head, choices: [first] } }]
}

/** A chunk, after the opening one where `messageStart` is missing. */
function chunk(progress: Progress, fields: Omit<ChatChunk, keyof Progress['head']>): StreamItem[] {
  return [...start(progress), { type: 'chunk', chunk: { ...progress.head, ...fields } }]
}

function say(delta: Delta | undefined, progress: Progress): StreamItem[] {
  return delta ? chunk(progress, { choices: [{ index: 0, delta, finish_reason: null }] }) : []
}

function finish(body: JsonObject, progress: Progress): StreamItem[] {
  if (progress.ended) return []
  progress.ended = true
  progress.finished = true
  const native = stringOf(body['stopReason'])
  const ending: ChunkChoice = {
    index: 0,
    delta: {},
    finish_reason: toFinishReason(native, progress.blocks.toolCalls > 0),
    ...(native !== undefined && { native_finish_reason: native }),
    ...readStopSequence(body),
  }
  return chunk(progress, { choices: [ending], ...readExtra(body) })
}

function report(body: JsonObject, progress: Progress): StreamItem[] {
  const usage = objectOf(body['usage'])
  if (progress.reported || numberOf(usage?.['outputTokens']) === undefined) return []
  progress.reported = true
  return chunk(progress, {
    choices: [],
    usage: toChatUsage(usage ?? {}),
    ...readServiceTier(body),
    ...readExtra(body),
  })
}
