import type { ChatChunk, ChatRequest, ChatResponse } from '../chat.ts'
import type { StreamItem, WireFormat } from '../wire-format.ts'
import { createTestContext } from './create-test-context.ts'
import { answerOf, decodeText } from './read-fixture.ts'

/** A stream in a caller's format, read again by that format's own reader. */
export function reencodeStream(items: readonly StreamItem[], format: WireFormat): ChatResponse {
  const decoded = decodeText(encodeStream(items, format), { wire: format })
  if (!decoded.finished) throw new Error(`The stream in ${format.id} has no end.`)
  return answerOf(decoded.items)
}

/** A stream in a caller's format, for a caller who wants usage unless they ask for something else. */
export function encodeStream(
  items: readonly StreamItem[],
  format: WireFormat,
  asked: Partial<ChatRequest> = {},
): string {
  const chunks = items.flatMap((item): ChatChunk[] => (item.type === 'chunk' ? [item.chunk] : []))
  const choices = new Set(chunks.flatMap((chunk) => chunk.choices.map(({ index }) => index)))
  const request: ChatRequest = {
    model: 'the-model',
    messages: [],
    n: choices.size,
    stream: true,
    stream_options: { include_usage: true },
    ...asked,
  }
  const encoder = format.createEncoder(request, createTestContext())
  return chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end()
}

/** A whole answer in a caller's format, read again by that format's own reader. */
export function reencodeAnswer(response: ChatResponse, format: WireFormat): ChatResponse {
  const context = createTestContext()
  return format.parseResponse(format.formatResponse(response, context), context)
}
