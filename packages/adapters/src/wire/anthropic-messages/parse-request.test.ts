import { expect, test } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { parseRequest } from './parse-request.ts'

const base = { model: 'claude-sonnet-4-5', max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }] }

function messagesOf(...messages: JsonObject[]): unknown {
  return parseRequest({ ...base, messages }).messages
}

function fault(body: JsonObject): unknown {
  try {
    parseRequest({ ...base, ...body })
  } catch (error) {
    if (error instanceof WireError) return [error.code, error.param]
  }
  return undefined
}

test('the whole of a request is read', () => {
  expect(
    parseRequest({
      ...base,
      system: 'S',
      temperature: 0.5,
      top_p: 0.9,
      top_k: 4,
      stop_sequences: ['END'],
      stream: true,
      metadata: { user_id: 'u' },
      service_tier: 'standard_only',
      thinking: { type: 'enabled', budget_tokens: 2000, display: 'summarized' },
      output_config: { effort: 'high', format: { type: 'json_schema', schema: { title: 'Dog' } }, task_budget: 5 },
      tools: [
        { name: 'f', description: 'd', input_schema: { type: 'object' }, strict: true, defer_loading: true },
        { type: 'web_search_20250305', name: 'web_search' },
      ],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
      container: 'c',
    }),
  ).toEqual({
    model: 'claude-sonnet-4-5',
    messages: [
      { role: 'system', content: 'S' },
      { role: 'user', content: 'Hi' },
    ],
    max_completion_tokens: 100,
    temperature: 0.5,
    top_p: 0.9,
    top_k: 4,
    stop: ['END'],
    stream: true,
    user: 'u',
    service_tier: 'default',
    thinking: { type: 'enabled', budget_tokens: 2000, include: true },
    reasoning_effort: 'high',
    response_format: { type: 'json_schema', json_schema: { name: 'Dog', schema: { title: 'Dog' }, strict: true } },
    tools: [
      {
        type: 'function',
        function: { name: 'f', description: 'd', parameters: { type: 'object' }, strict: true },
        extra: { defer_loading: true },
      },
      { type: 'server', format: 'anthropic-messages', tool: { type: 'web_search_20250305', name: 'web_search' } },
    ],
    tool_choice: 'required',
    parallel_tool_calls: false,
    extra: { container: 'c', output_config: { task_budget: 5 } },
    extra_format: 'anthropic-messages',
  })
})

test('tool results become messages of their own', () => {
  expect(
    messagesOf(
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Let me see.' },
          { type: 'tool_use', id: 'a', name: 'f', input: { x: 1 } },
        ],
      },
      {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 'a',
            is_error: true,
            content: [{ type: 'text', text: 'no' }],
            cache_control: { type: 'ephemeral' },
          },
          { type: 'text', text: 'Go on' },
        ],
      },
    ),
  ).toEqual([
    { role: 'user', content: 'Hi' },
    {
      role: 'assistant',
      content: 'Let me see.',
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } }],
    },
    {
      role: 'tool',
      tool_call_id: 'a',
      is_error: true,
      content: [{ type: 'text', text: 'no' }],
      cache_control: { type: 'ephemeral' },
    },
    { role: 'user', content: [{ type: 'text', text: 'Go on' }] },
  ])
})

test('images and documents become parts', () => {
  expect(
    messagesOf({
      role: 'user',
      content: [
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA' } },
        { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'hé' }, title: 'T' },
        { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' }, citations: { enabled: true } },
        { type: 'document', source: { type: 'file', file_id: 'file_1' } },
      ],
    }),
  ).toEqual([
    {
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } },
        { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
        { type: 'file', file: { filename: 'T', file_data: 'data:text/plain;base64,aMOp' } },
        { type: 'file', file: { file_url: 'https://example.com/a.pdf' }, citations: { enabled: true } },
        { type: 'file', file: { file_id: 'file_1' } },
      ],
    },
  ])
})

test('what a server tool did is kept for a target of the same format', () => {
  const content = [
    { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
    { type: 'web_search_tool_result', tool_use_id: 's', content: [] },
    { type: 'text', text: 'Blue.' },
  ]
  expect(messagesOf({ role: 'user', content: 'Sky?' }, { role: 'assistant', content })).toEqual([
    { role: 'user', content: 'Sky?' },
    { role: 'assistant', content: 'Blue.', native: { format: 'anthropic-messages', content } },
  ])
})

test('thinking keeps its signature, and what another vendor signed is told apart', () => {
  expect(
    messagesOf(
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm', signature: 's' },
          { type: 'thinking', thinking: 'ha', signature: 'gw:gemini-generate:g' },
          { type: 'redacted_thinking', data: 'd' },
          { type: 'redacted_thinking', data: 'gw:call:a:b:sig' },
          { type: 'tool_use', id: 'a:b', name: 'f', input: {} },
        ],
      },
    ),
  ).toEqual([
    { role: 'user', content: 'Hi' },
    {
      role: 'assistant',
      content: null,
      reasoning_content: 'hmha',
      reasoning_details: [
        { type: 'reasoning.text', text: 'hm', signature: 's', format: 'anthropic-messages' },
        { type: 'reasoning.text', text: 'ha', signature: 'g', format: 'gemini-generate' },
        { type: 'reasoning.encrypted', data: 'd', format: 'anthropic-messages' },
      ],
      tool_calls: [
        {
          id: 'a:b',
          type: 'function',
          function: { name: 'f', arguments: '{}' },
          extra_content: { google: { thought_signature: 'sig' } },
        },
      ],
    },
  ])
})

test.each<[JsonObject, string]>([
  [{ messages: [] }, 'messages'],
  [{ messages: 'Hi' }, 'messages'],
  [{ messages: ['Hi'] }, 'messages[0]'],
  [{ messages: [{ role: 'tool', content: 'x' }] }, 'messages[0].role'],
  [{ messages: [{ role: 'user', content: 5 }] }, 'messages[0].content'],
  [{ messages: [{ role: 'user', content: [{ type: 'text' }] }] }, 'messages[0].content[0].text'],
  [{ messages: [{ role: 'user', content: [{ type: 'image' }] }] }, 'messages[0].content[0].source'],
  [{ messages: [{ role: 'user', content: [{ type: 'tool_result' }] }] }, 'messages[0].content[0].tool_use_id'],
  [{ messages: [{ role: 'assistant', content: [{ type: 'tool_use' }] }] }, 'messages[0].content[0]'],
  [{ max_tokens: 0 }, 'max_tokens'],
  [{ temperature: 'warm' }, 'temperature'],
  [{ stop_sequences: 'END' }, 'stop_sequences'],
  [{ system: [{ type: 'image' }] }, 'system[0]'],
  [{ thinking: { type: 'on' } }, 'thinking.type'],
  [{ thinking: { type: 'enabled' } }, 'thinking.budget_tokens'],
  [{ tools: {} }, 'tools'],
  [{ tools: [{ input_schema: {} }] }, 'tools[0].name'],
  [{ tools: [{ name: 'f' }] }, 'tools[0].input_schema'],
  [{ tool_choice: { type: 'tool' } }, 'tool_choice'],
  [{ output_config: { format: { type: 'json' } } }, 'output_config.format'],
])('%o is refused for %s', (body, param) => {
  expect(fault(body)).toEqual(['invalid_request', param])
})
