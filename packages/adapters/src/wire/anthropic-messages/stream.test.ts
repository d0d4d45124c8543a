import { expect, test } from 'vitest'
import type { ChatChunk, ChunkChoice, Delta } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { anthropicMessages } from '../anthropic-messages.ts'
import { createContext, decodeStream } from './__fixtures__/corpus.ts'

const head = { id: 'msg_1', object: 'chat.completion.chunk' as const, created: 1_700_000_000, model: 'claude' }

function sse(...events: JsonObject[]): string {
  return events.map((event) => `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`).join('')
}

const start = {
  type: 'message_start',
  message: { id: 'msg_1', model: 'claude', usage: { input_tokens: 5, cache_read_input_tokens: 3, output_tokens: 1 } },
}

function say(delta: Delta, ending: Partial<ChunkChoice> = {}): ChatChunk {
  return { ...head, choices: [{ index: 0, delta, finish_reason: null, ...ending }] }
}

function eventsOf(text: string): JsonObject[] {
  return text
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => JSON.parse(event.slice(event.indexOf('data: ') + 'data: '.length)))
}

test('each event becomes one chunk', () => {
  const { items, finished } = decodeStream(
    anthropicMessages,
    sse(
      start,
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
      { type: 'ping' },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 's' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'content_block_start', index: 1, content_block: { type: 'redacted_thinking', data: 'd' } },
      { type: 'content_block_stop', index: 1 },
      { type: 'content_block_start', index: 2, content_block: { type: 'tool_use', id: 't', name: 'f', input: {} } },
      { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '' } },
      { type: 'content_block_stop', index: 2 },
      {
        type: 'message_delta',
        delta: { stop_reason: 'tool_use', stop_sequence: null },
        usage: { output_tokens: 9, input_tokens: null, output_tokens_details: { thinking_tokens: 2 } },
      },
      { type: 'message_stop' },
    ),
    7,
  )
  expect(finished).toBe(true)
  expect(items.map((item) => item.type === 'chunk' && item.chunk)).toEqual([
    say({ role: 'assistant', content: '' }),
    say({ reasoning_content: 'hm' }),
    say({
      reasoning_details: [{ type: 'reasoning.text', text: 'hm', signature: 's', format: 'anthropic-messages' }],
    }),
    say({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'd', format: 'anthropic-messages' }] }),
    say({ tool_calls: [{ index: 0, id: 't', type: 'function', function: { name: 'f', arguments: '' } }] }),
    say({ tool_calls: [{ index: 0, function: { arguments: '{}' } }] }),
    say({}, { finish_reason: 'tool_calls', native_finish_reason: 'tool_use' }),
    {
      ...head,
      choices: [],
      usage: {
        prompt_tokens: 8,
        completion_tokens: 9,
        total_tokens: 17,
        prompt_tokens_details: { cached_tokens: 3 },
        completion_tokens_details: { reasoning_tokens: 2 },
      },
    },
  ])
})

test('an error event is told as the error that it stands for', () => {
  const error = { type: 'overloaded_error', message: 'Overloaded' }
  const { items, finished } = decodeStream(anthropicMessages, sse(start, { type: 'error', error }), 4096)
  expect(finished).toBe(true)
  expect(items[1]).toMatchObject({
    type: 'error',
    error: { type: 'upstream_error', status: 529, message: 'Overloaded' },
  })
})

test('a stream that is cut is not finished, and still says what it has used', () => {
  const { items, finished } = decodeStream(anthropicMessages, sse(start), 4096)
  expect(finished).toBe(false)
  const usage = { prompt_tokens: 8, completion_tokens: 1, is_preliminary: true }
  expect(items[1]).toMatchObject({ chunk: { choices: [], usage } })
})

test('an event that is no JSON is an error', () => {
  const { items } = decodeStream(anthropicMessages, 'event: x\ndata: {"type"\n\n', 4096)
  expect(items).toMatchObject([{ type: 'error', error: { type: 'upstream_error', status: 502 } }])
})

test('the stand-in tool of structured output is read as text', () => {
  const { items } = decodeStream(
    anthropicMessages,
    sse(
      start,
      { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 't', name: 'gw_json_answer' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"n":1}' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 2 } },
    ),
    4096,
  )
  expect(items.slice(1, 3)).toEqual([
    { type: 'chunk', chunk: say({ content: '{"n":1}' }) },
    { type: 'chunk', chunk: say({}, { finish_reason: 'stop', native_finish_reason: 'tool_use' }) },
  ])
})

test.each([
  [{ text: 'hm' }, []],
  [
    { text: 'hm', signature: 'g' },
    [
      { type: 'content_block_start', index: 2, content_block: { type: 'thinking', thinking: '', signature: '' } },
      { type: 'content_block_delta', index: 2, delta: { type: 'signature_delta', signature: 'gw:gemini-generate:g' } },
      { type: 'content_block_stop', index: 2 },
    ],
  ],
])('thoughts that are repeated after the text are not written again: %o', (detail, added) => {
  const encoder = anthropicMessages.createEncoder({ model: 'm', messages: [] }, createContext())
  const chunks: ChatChunk[] = [
    say({ reasoning_content: 'hm' }),
    say({ content: 'Hi' }),
    say({ reasoning_details: [{ type: 'reasoning.text', ...detail, format: 'gemini-generate' }] }),
  ]
  const events = eventsOf(chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end())
  expect(events.slice(1, -2).filter(({ index }) => index !== 1)).toEqual([
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
    { type: 'content_block_stop', index: 0 },
    ...added,
  ])
})

test('the events of an answer keep their order', () => {
  const encoder = anthropicMessages.createEncoder({ model: 'm', messages: [] }, createContext())
  const chunks: ChatChunk[] = [
    {
      ...head,
      id: 'chatcmpl-1',
      choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
    },
    say({ reasoning_content: 'hm' }),
    say({ reasoning_details: [{ type: 'reasoning.text', text: 'hm', signature: 'g', format: 'gemini-generate' }] }),
    say({ content: 'Hi' }),
    say({ annotations: [{ type: 'url_citation', url_citation: { url: 'https://example.com', title: 'E' } }] }),
    say({
      tool_calls: [
        {
          index: 0,
          id: 'a',
          type: 'function',
          function: { name: 'f', arguments: '' },
          extra_content: { google: { thought_signature: 'sig' } },
        },
      ],
    }),
    say({ tool_calls: [{ index: 1, id: 'b', type: 'function', function: { name: 'g', arguments: '{' } }] }),
    say({ tool_calls: [{ index: 0, function: { arguments: '{}' } }] }),
    say({ tool_calls: [{ index: 1, function: { arguments: '}' } }] }),
    say({}, { finish_reason: 'tool_calls' }),
    {
      ...head,
      choices: [],
      usage: {
        prompt_tokens: 10,
        completion_tokens: 4,
        total_tokens: 14,
        prompt_tokens_details: { cached_tokens: 6, cache_write_tokens: 3, cache_write_1h_tokens: 1 },
      },
    },
  ]
  const events = eventsOf(chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end())
  expect(events).toEqual([
    {
      type: 'message_start',
      message: {
        id: 'msg_chatcmpl-1',
        type: 'message',
        role: 'assistant',
        model: 'claude',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: {
          input_tokens: 0,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 0,
          cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
          output_tokens: 0,
        },
      },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'gw:gemini-generate:g' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Hi' } },
    {
      type: 'content_block_delta',
      index: 1,
      delta: {
        type: 'citations_delta',
        citation: {
          type: 'web_search_result_location',
          url: 'https://example.com',
          title: 'E',
          cited_text: '',
          encrypted_index: '',
        },
      },
    },
    { type: 'content_block_stop', index: 1 },
    { type: 'content_block_start', index: 2, content_block: { type: 'redacted_thinking', data: 'gw:call:a:sig' } },
    { type: 'content_block_stop', index: 2 },
    { type: 'content_block_start', index: 3, content_block: { type: 'tool_use', id: 'a', name: 'f', input: {} } },
    { type: 'content_block_delta', index: 3, delta: { type: 'input_json_delta', partial_json: '{}' } },
    { type: 'content_block_stop', index: 3 },
    { type: 'content_block_start', index: 4, content_block: { type: 'tool_use', id: 'b', name: 'g', input: {} } },
    { type: 'content_block_delta', index: 4, delta: { type: 'input_json_delta', partial_json: '{' } },
    { type: 'content_block_delta', index: 4, delta: { type: 'input_json_delta', partial_json: '}' } },
    { type: 'content_block_stop', index: 4 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'tool_use', stop_sequence: null },
      usage: {
        input_tokens: 1,
        cache_creation_input_tokens: 3,
        cache_read_input_tokens: 6,
        cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 1 },
        output_tokens: 4,
      },
    },
    { type: 'message_stop' },
  ])
})

test('an error ends the events', () => {
  const encoder = anthropicMessages.createEncoder({ model: 'm', messages: [] }, createContext())
  const gw = { type: 'upstream_error', log_id: 'log_1' }
  expect(encoder.error({ status: 529, type: 'upstream_error', message: 'Busy', gw })).toBe(
    'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Busy","gw":{"type":"upstream_error","log_id":"log_1"}},"request_id":"log_1"}\n\n',
  )
})
