import { anthropicMessages, bedrockConverse, geminiGenerate, openaiChat, type WireFormat } from '@gw/adapters'
import { expect, test } from 'vitest'
import { createChatTap } from './create-chat-tap.ts'

const context = { model: 'm', now: () => 0, createId: () => 'id' }
const request = { model: 'm', messages: [], stream_options: { include_usage: true } }
const text = new TextDecoder()

/** A tap that translates to chat completions; server-sent events stand for every framing. */
function tapOf(wire: WireFormat) {
  const tap = createChatTap({
    mode: 'translated',
    repair: undefined,
    classify: undefined,
    wire: { ...wire, framing: 'sse' },
    decoder: wire.createDecoder(context),
    encoder: openaiChat.createEncoder(request, context),
    toCallerError: ({ type, status, message }) => ({ type, status, message }),
  })
  const push = (event: string): string => text.decode(tap.push(new TextEncoder().encode(`${event}\n\n`)))
  return { tap, push }
}

const said = 'data: {"choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":null}]}'
const stopped = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}'
const counted = 'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}'

const streams: [string, WireFormat, string[]][] = [
  ['[DONE]', openaiChat, [said, stopped, 'data: [DONE]']],
  ['its usage', openaiChat, [said, stopped, counted]],
  [
    'message_stop',
    anthropicMessages,
    [
      'data: {"type":"message_start","message":{"id":"a","model":"m","usage":{"input_tokens":1}}}',
      'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hi"}}',
      'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}',
      'data: {"type":"message_stop"}',
    ],
  ],
  [
    'metadata',
    bedrockConverse,
    [
      'event: contentBlockDelta\ndata: {"delta":{"text":"hi"},"contentBlockIndex":0}',
      'event: messageStop\ndata: {"stopReason":"end_turn"}',
      'event: metadata\ndata: {"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3}}',
    ],
  ],
]

test.each(streams)('the stream is closed with %s, once, and not before', (_, wire, events) => {
  const { tap, push } = tapOf(wire)
  const written = events.map((event) => [push(event).includes('data: [DONE]'), tap.isClosed?.(), tap.seen.isFinished])
  expect(written).toEqual(events.map((event) => Array.from({ length: 3 }, () => event === events.at(-1))))
  expect([push(said), tap.end('closed')]).toEqual(['', undefined])
  expect(tap.seen).toMatchObject({ isFinished: true, error: undefined })
})

test('a format without a terminal event is closed when the upstream closes', () => {
  const { tap, push } = tapOf(geminiGenerate)
  const last = '{"candidates":[{"content":{"parts":[{"text":"hi"}]},"finishReason":"STOP"}],"usageMetadata":{}}'
  expect([push(`data: ${last}`).includes('[DONE]'), tap.isClosed?.()]).toEqual([false, false])
  expect(text.decode(tap.end('closed'))).toMatch(/data: \[DONE\]\n\n$/)
  expect([tap.isClosed?.(), tap.seen.isFinished]).toEqual([true, true])
})

test('a stream that reported an error is not closed', () => {
  const { tap, push } = tapOf(openaiChat)
  expect(push('data: {"error":{"message":"no"}}')).toContain('"message":"no"')
  expect([push('data: [DONE]'), tap.end('closed'), tap.isClosed?.()]).toEqual(['', undefined, false])
})
