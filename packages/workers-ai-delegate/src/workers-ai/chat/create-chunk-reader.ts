import { JSONParseError, type JSONObject, type LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { isObject, objectOf, parseJson, type JsonObject } from '../run/json.ts'
import { readError } from '../run/read-error.ts'
import { toStatedError, type RunContext } from '../run/to-api-call-error.ts'
import { createAnswerWriter } from './create-answer-writer.ts'
import type { StreamEvent } from './create-event-reader.ts'
import { isWholeAnswer, readChunk, readWhole } from './read-chunk.ts'
import { toFinish } from './to-finish.ts'
import { toResponseMetadata } from './to-response-metadata.ts'

type Part = LanguageModelV4StreamPart

/** Turns the events of a stream into the AI SDK's parts. */
export interface ChunkReader {
  push(event: StreamEvent): Part[]
  /** The last parts, with `finish`; `error` where the connection broke. */
  end(error?: unknown): Part[]
}

/** What a reader knows about the call. */
export interface ChunkReaderOptions {
  context: RunContext
  createId: () => string
  /** Tools of which one has to be called; such a call may come as text. */
  forcedTools?: ReadonlySet<string>
  includeRawChunks?: boolean
  /** For `providerMetadata.gateway` of the finish. */
  gateway?: JSONObject | undefined
  /** Parts that come from fields of a dialect's own. */
  readExtra?: (chunk: JsonObject) => Part[]
}

/**
 * Reads native events `{ response, tool_calls }` and chunks of chat completions. An event that states an error becomes an
 * error part; the finish reason is `error` then, and also where the stream was cut off: no finish reason and no `[DONE]`.
 */
export function createChunkReader(options: ChunkReaderOptions): ChunkReader {
  const { context, createId, forcedTools = new Set(), includeRawChunks = false, gateway } = options
  let parts: Part[] = []
  let seen = { hasStarted: false, isDone: false, hasFailed: false }
  let finishReason: string | undefined
  let usage: JsonObject | undefined
  const emit = (part: Part): void => {
    if (part.type === 'error') seen = { ...seen, hasFailed: true }
    parts.push(part)
  }
  const writer = createAnswerWriter({ emit, createId, forcedTools })

  const start = (chunk: JsonObject): void => {
    if (!seen.hasStarted) emit({ type: 'response-metadata', ...toResponseMetadata(chunk, context.modelId) })
    seen = { ...seen, hasStarted: true }
  }
  const read = (event: JsonObject, isWhole: boolean): void => {
    const body = unwrap(event)
    start(body)
    if (includeRawChunks) emit({ type: 'raw', rawValue: event })
    const error = readError(event)
    if (error) return emit({ type: 'error', error: toStatedError(error, context) })
    for (const part of options.readExtra?.(body) ?? []) emit(part)
    const hasAll = isWhole || body !== event || isWholeAnswer(body)
    const chunk = hasAll ? readWhole(body) : readChunk(body)
    seen = { ...seen, isDone: seen.isDone || hasAll }
    finishReason = chunk.finishReason || finishReason
    usage = chunk.usage ?? usage
    writer.write(chunk)
  }
  const take = (): Part[] => {
    const taken = parts
    parts = []
    return taken
  }

  return {
    push: ({ data, isWhole }) => {
      const text = data.trim()
      const event = text === '[DONE]' ? undefined : parseJson(text)
      if (text === '[DONE]') seen = { ...seen, isDone: true }
      else if (isObject(event)) read(event, isWhole)
      else if (text !== '')
        emit({ type: 'error', error: new JSONParseError({ text, cause: 'The event is no JSON object.' }) })
      return take()
    },
    end: (error) => {
      start({})
      if (error !== undefined) emit({ type: 'error', error })
      const isCut = !seen.isDone && finishReason === undefined
      writer.finish({ isBroken: isCut || seen.hasFailed })
      const { hasCalls, leakedCalls } = writer
      emit(toFinish({ finishReason, usage, isCut, hasFailed: seen.hasFailed, hasCalls, leakedCalls, gateway }))
      return take()
    },
  }
}

/** The answer in Cloudflare's envelope, where an event has one. */
function unwrap(event: JsonObject): JsonObject {
  const { result } = event
  return typeof result === 'string' ? { response: result } : (objectOf(result) ?? event)
}
