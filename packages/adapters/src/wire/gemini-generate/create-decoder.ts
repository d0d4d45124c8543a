import type { ChatChunk, ChatUsage, ChunkChoice } from '../../chat.ts'
import { numberOf, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import { readStreamError } from '../../read-provider-error.ts'
import type { StreamDecoder, StreamItem, WireContext } from '../../wire-format.ts'
import { createCandidateReader, type CandidateReader } from './create-candidate-reader.ts'
import { readBlock } from './read-block.ts'
import { toChatUsage } from './to-chat-usage.ts'

/**
 * Reads a stream of answers' pieces, as events or as one JSON array. Gemini has no terminal event: a stream is complete
 * when each candidate has a finish reason, and what ends a choice is said when the stream closes.
 */
export function createDecoder(context: WireContext): StreamDecoder {
  const progress: Progress = {
    context,
    created: Math.floor(context.now() / 1000),
    readers: new Map(),
    usage: {},
    failed: false,
    closed: false,
  }
  return {
    push: ({ data }) => {
      const bodies = parseBodies(data)
      return bodies ? bodies.flatMap((body) => read(body, progress)) : [malformed]
    },
    end: () => close(progress),
    get finished() {
      const readers = [...progress.readers.values()]
      return progress.failed || (readers.length > 0 && readers.every(({ ended }) => ended))
    },
  }
}

interface Progress {
  readonly context: WireContext
  readonly created: number
  readonly readers: Map<number, CandidateReader>
  head?: Pick<ChatChunk, 'id' | 'object' | 'created' | 'model'>
  usage: JsonObject
  failed: boolean
  closed: boolean
}

const malformed: StreamItem = {
  type: 'error',
  error: { type: 'upstream_error', status: 502, message: 'The provider sent a stream event that is not JSON.' },
}

function parseBodies(data: string): JsonObject[] | undefined {
  try {
    const parsed: unknown = JSON.parse(data)
    const body = objectOf(parsed)
    return body ? [body] : objectsOf(parsed)
  } catch {
    return undefined
  }
}

function read(body: JsonObject, progress: Progress): StreamItem[] {
  if (body['error']) {
    progress.failed = true
    return [{ type: 'error', error: readStreamError(body) }]
  }
  progress.usage = { ...progress.usage, ...objectOf(body['usageMetadata']) }
  const block = readBlock(body)
  const stated = objectsOf(body['candidates'])
  const candidates = stated.length === 0 && block ? [block] : stated
  const choices = candidates.flatMap((candidate, position) => readCandidate(candidate, { position, progress }))
  return choices.length === 0 ? [] : chunk(progress, { choices, body })
}

interface CandidateContext {
  position: number
  progress: Progress
}

function readCandidate(candidate: JsonObject, { position, progress }: CandidateContext): ChunkChoice[] {
  const index = numberOf(candidate['index']) ?? position
  const known = progress.readers.get(index)
  const reader = known ?? createCandidateReader(progress.context)
  if (!known) progress.readers.set(index, reader)
  const delta = reader.read(candidate)
  if (known && !delta) return []
  const opening = known ? {} : { role: 'assistant' as const, content: '' }
  return [{ index, delta: { ...opening, ...delta }, finish_reason: null }]
}

interface ChunkFields {
  choices: ChunkChoice[]
  body?: JsonObject
  usage?: ChatUsage
}

function chunk(progress: Progress, { choices, body, usage }: ChunkFields): StreamItem[] {
  progress.head ??= {
    id: stringOf(body?.['responseId']) || `gen-${progress.context.createId()}`,
    object: 'chat.completion.chunk',
    created: progress.created,
    model: stringOf(body?.['modelVersion']) || progress.context.model,
  }
  return [{ type: 'chunk', chunk: { ...progress.head, choices, ...(usage && { usage }) } }]
}

function close(progress: Progress): StreamItem[] {
  if (progress.closed) return []
  progress.closed = true
  const choices = [...progress.readers].flatMap(([index, reader]) => (reader.ended ? [{ index, ...reader.end() }] : []))
  const usage = toChatUsage(progress.usage)
  return [
    ...(choices.length > 0 ? chunk(progress, { choices }) : []),
    ...(usage ? chunk(progress, { choices: [], usage }) : []),
  ]
}
