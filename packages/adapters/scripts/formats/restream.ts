import type { ChatChunk, ChatRequest, ChatResponse } from '../../src/chat.ts'
import { createEventDecoder } from '../../src/create-event-decoder.ts'
import type { SseEvent } from '../../src/decode-stream.ts'
import { parseObject } from '../../src/json.ts'
import { createTestContext } from '../../src/testing/create-test-context.ts'
import type { StreamItem, WireFormat } from '../../src/wire-format.ts'
import type { Upstream } from './formats.ts'
import { leavesOf, type Leaf } from './leaves.ts'

/** What a caller of any format may ask for so that the answer says all that it can. */
export const wholeRequest: ChatRequest = {
  model: 'the-model',
  messages: [],
  stream: true,
  stream_options: { include_usage: true },
}

/** Chunks as the events of a provider, read and written again as those of a caller. */
export function restream(
  chunks: readonly ChatChunk[],
  { format: upstream, model }: Upstream,
  caller: WireFormat,
): SseEvent[] {
  const items = hasEncoder(upstream) ? decode(upstream, encode(upstream, chunks), model) : chunks.map(toItem)
  const read = items.flatMap((item) => (item.type === 'chunk' ? [item.chunk] : []))
  return encode(caller, read)
}

const toItem = (chunk: ChatChunk): StreamItem => ({ type: 'chunk', chunk })

/** Nobody asks for chat in the form of a prediction, so nobody writes one. */
const hasEncoder = ({ id }: WireFormat): boolean => id !== 'replicate-prediction'

function encode(format: WireFormat, chunks: readonly ChatChunk[]): SseEvent[] {
  const choices = new Set(chunks.flatMap((chunk) => chunk.choices.map(({ index }) => index)))
  const encoder = format.createEncoder({ ...wholeRequest, n: Math.max(1, choices.size) }, createTestContext())
  return eventsOf(format, chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end())
}

/** The events in a text that a format has written. */
export function eventsOf(format: WireFormat, text: string): SseEvent[] {
  const decoder = createEventDecoder(format.framing === 'ndjson' ? 'ndjson' : 'sse')
  return [...decoder.push(new TextEncoder().encode(text)), ...decoder.end()]
}

export function decode(format: WireFormat, events: readonly SseEvent[], model?: string): StreamItem[] {
  const decoder = format.createDecoder(createTestContext(model))
  return [...events.flatMap((event) => decoder.push(event)), ...decoder.end()]
}

/** The leaves of all events. */
export function leavesOfEvents(events: readonly SseEvent[]): Leaf[] {
  return events.flatMap(({ data }) => leavesOf(parseObject(data)))
}

/** An answer as it streams: what opens each choice, what it says in one piece, how it ends, and what it has used. */
export function toChunks({ choices, usage, service_tier, ...answer }: ChatResponse): ChatChunk[] {
  const head = { id: answer.id, object: 'chat.completion.chunk' as const, created: answer.created, model: answer.model }
  const said = choices.flatMap(({ index, message, logprobs, ...ending }): ChatChunk[] => {
    const { content, tool_calls: calls, native: _, source: __, ...rest } = message
    const text = typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('')
    const pieces = calls?.map((call, position) => ({ ...call, index: position }))
    const delta = { ...rest, role: 'assistant' as const, content: text, ...(pieces && { tool_calls: pieces }) }
    return [
      { ...head, choices: [{ index, delta, ...(logprobs !== undefined && { logprobs }), finish_reason: null }] },
      { ...head, choices: [{ index, delta: {}, ...ending }] },
    ]
  })
  const tier = service_tier === undefined ? {} : { service_tier }
  return [...said, ...(usage ? [{ ...head, choices: [], usage, ...tier }] : [])]
}
