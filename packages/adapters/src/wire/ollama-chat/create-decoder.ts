import type { ChatChunk, ChunkChoice, Delta } from '../../chat.ts'
import { objectOf, objectsOf, parseObject, stringOf, type JsonObject } from '../../json.ts'
import { readStreamError } from '../../read-provider-error.ts'
import type { StreamDecoder, StreamItem, WireContext } from '../../wire-format.ts'
import { malformed } from '../openai-chat/create-decoder.ts'
import { toFinishReason } from './finish-reason.ts'
import { parseToolCall, readLogprobs } from './parse-response.ts'
import { toChatUsage } from './to-chat-usage.ts'

interface Progress {
  readonly context: WireContext
  head?: Omit<ChatChunk, 'choices'>
  calls: number
  finished: boolean
}

/** Reads the lines of a streamed answer. A call comes whole; the last line says how it ended and what it took. */
export function createDecoder(context: WireContext): StreamDecoder {
  const progress: Progress = { context, calls: 0, finished: false }
  return {
    push: ({ data }) => {
      const line = parseObject(data)
      return line ? read(line, progress) : data.trim() === '[DONE]' ? [] : [malformed]
    },
    end: () => [],
    get finished() {
      return progress.finished
    },
  }
}

function read(line: JsonObject, progress: Progress): StreamItem[] {
  if (line['error'] !== undefined) return [{ type: 'error', error: readStreamError(line) }]
  if (progress.finished) return []
  const isFirst = progress.head === undefined
  const head = (progress.head ??= headOf(line, progress.context))
  const delta = { ...(isFirst && { role: 'assistant' as const }), ...readDelta(line, progress) }
  const logprobs = readLogprobs(line)
  const said: ChunkChoice = { index: 0, delta, ...(logprobs !== undefined && { logprobs }), finish_reason: null }
  const choices = Object.keys(delta).length > 0 || logprobs !== undefined ? [said] : []
  const chunks = [...(choices.length > 0 ? [{ ...head, choices }] : []), ...readEnd(line, progress)]
  return chunks.map((chunk) => ({ type: 'chunk', chunk }))
}

function headOf(line: JsonObject, context: WireContext): Omit<ChatChunk, 'choices'> {
  return {
    id: `chat-${context.createId()}`,
    object: 'chat.completion.chunk',
    created: Math.floor(context.now() / 1000),
    model: stringOf(line['model']) || context.model,
  }
}

function readDelta(line: JsonObject, progress: Progress): Delta {
  const message = objectOf(line['message']) ?? {}
  const content = stringOf(message['content'])
  const thinking = stringOf(message['thinking'])
  const calls = objectsOf(message['tool_calls']).map((call) => ({
    index: progress.calls++,
    ...parseToolCall(call, progress.context),
  }))
  return {
    ...(content && { content }),
    ...(thinking && { reasoning_content: thinking }),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
}

function readEnd(line: JsonObject, progress: Progress): ChatChunk[] {
  const { head, calls } = progress
  if (line['done'] !== true || head === undefined) return []
  progress.finished = true
  const native = stringOf(line['done_reason'])
  const ending: ChunkChoice = {
    index: 0,
    delta: {},
    finish_reason: toFinishReason(native, calls > 0),
    ...(native !== undefined && { native_finish_reason: native }),
  }
  const usage = toChatUsage(line)
  return [{ ...head, choices: [ending] }, ...(usage ? [{ ...head, choices: [], usage }] : [])]
}
