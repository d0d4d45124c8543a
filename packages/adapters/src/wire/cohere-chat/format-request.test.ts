import { describe, expect, test } from 'vitest'
import type { ChatRequest } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { cohereChat } from '../cohere-chat.ts'
import { openaiChat } from '../openai-chat.ts'

const context = createTestContext('command-a-03-2025')
const messages = [{ role: 'user', content: 'hi' }]
const frame = { model: 'command-a-03-2025', messages }
const tool = { type: 'function', function: { name: 'now', description: 'The time.', parameters: { type: 'object' } } }
const other = { type: 'function', function: { name: 'later', parameters: { type: 'object' } } }
const call = { id: 'c1', type: 'function', function: { name: 'now', arguments: '{}' } } as const

function write(body: JsonObject): { body: JsonObject; warnings: string[] } {
  return cohereChat.formatRequest(openaiChat.parseRequest({ messages, ...body }, context), context)
}

describe('a Chat request', () => {
  test('goes to /chat', () => {
    expect(cohereChat.path('command-a-03-2025', true)).toBe('/chat')
  })

  test('has Cohere names', () => {
    const written = write({
      max_tokens: 9,
      temperature: 0,
      top_p: 0.9,
      top_k: 3,
      seed: 7,
      stop: ['END'],
      logprobs: true,
      stream: true,
    })
    expect(written).toEqual({
      body: {
        ...frame,
        max_tokens: 9,
        temperature: 0,
        p: 0.9,
        k: 3,
        seed: 7,
        stop_sequences: ['END'],
        logprobs: true,
        stream: true,
      },
      warnings: [],
    })
  })

  test('is bent into ranges, and says where', () => {
    const written = write({ top_p: 1, frequency_penalty: -0.5, presence_penalty: 1.5 })
    expect(written).toEqual({
      body: { ...frame, p: 0.99, frequency_penalty: 0, presence_penalty: 1 },
      warnings: ['top_p', 'frequency_penalty', 'presence_penalty'],
    })
  })

  test('names what it drops', () => {
    const { warnings } = write({
      user: 'u',
      service_tier: 'flex',
      top_logprobs: 2,
      store: true,
      tools: [tool],
      parallel_tool_calls: false,
    })
    expect(warnings).toEqual(['store', 'parallel_tool_calls', 'user', 'service_tier', 'top_logprobs'])
  })

  test.each([
    ['required', 'REQUIRED', [tool, other]],
    ['none', 'NONE', [tool, other]],
    ['auto', undefined, [tool, other]],
    [{ type: 'function', function: { name: 'later' } }, 'REQUIRED', [other]],
  ])('says the tool choice %o', (choice, expected, offered) => {
    const { body } = write({ tools: [tool, other], tool_choice: choice })
    expect(body['tools']).toEqual(offered)
    expect(body['tool_choice']).toBe(expected)
  })

  test('has strict tools where one is', () => {
    const strict = { ...tool, function: { ...tool.function, strict: true } }
    expect(write({ tools: [strict, other] }).body).toMatchObject({ tools: [tool, other], strict_tools: true })
  })

  test.each([
    [{ type: 'json_object' }, { type: 'json_object' }],
    [
      { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'object' } } },
      { type: 'json_object', json_schema: { type: 'object' } },
    ],
    [{ type: 'text' }, undefined],
  ])('says the format %o', (format, expected) => {
    expect(write({ response_format: format }).body['response_format']).toEqual(expected)
  })

  test.each([
    [{ thinking: { type: 'enabled', budget_tokens: 500 } }, { type: 'enabled', token_budget: 500 }],
    [{ thinking: { type: 'disabled' } }, { type: 'disabled' }],
    [{ reasoning_effort: 'none' }, { type: 'disabled' }],
    [{ reasoning_effort: 'low' }, { type: 'enabled', token_budget: 4096 }],
    [{ reasoning_effort: 'high' }, { type: 'enabled' }],
    [{}, undefined],
  ])('says the thinking of %o', (asked, expected) => {
    expect(write(asked).body['thinking']).toEqual(expected)
  })

  test('carries a plan with calls, and thinking with text', () => {
    const { body, warnings } = write({
      messages: [
        { role: 'developer', content: 'Be brief.' },
        { role: 'user', content: 'Time?' },
        { role: 'assistant', content: '', reasoning_content: 'Look.', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: 'noon' },
        { role: 'assistant', content: 'Noon.', reasoning_content: 'Easy.' },
      ],
    })
    expect(warnings).toEqual([])
    expect(body['messages']).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Time?' },
      { role: 'assistant', tool_calls: [call], tool_plan: 'Look.' },
      { role: 'tool', tool_call_id: 'c1', content: 'noon' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Easy.' },
          { type: 'text', text: 'Noon.' },
        ],
      },
    ])
  })

  test('leaves out what another vendor signed', () => {
    const details = [{ type: 'reasoning.text', text: 'Look.', signature: 's', format: 'anthropic-messages' }]
    const assistant = { role: 'assistant', content: 'Noon.', reasoning_content: 'Look.', reasoning_details: details }
    const { body, warnings } = write({ messages: [...messages, assistant, ...messages] })
    expect(body['messages']).toEqual([...messages, { role: 'assistant', content: 'Noon.' }, ...messages])
    expect(warnings).toEqual(['messages.reasoning_details'])
  })

  test('has text and JSON files as documents', () => {
    const text = { type: 'file', file: { filename: 'a.txt', file_data: `data:text/plain;base64,${btoa('Hello')}` } }
    const json = {
      type: 'file',
      file: { file_data: `data:application/json;base64,${btoa('{"title":"T","text":"x"}')}` },
    }
    const { body } = write({ messages: [{ role: 'user', content: [text, json, { type: 'text', text: 'Sum up.' }] }] })
    expect(body['messages']).toEqual([{ role: 'user', content: [{ type: 'text', text: 'Sum up.' }] }])
    expect(body['documents']).toEqual([{ id: 'a.txt', data: { text: 'Hello' } }, { data: { title: 'T', text: 'x' } }])
  })

  test('keeps its own fields for callers of its own format', () => {
    const own = { safety_mode: 'OFF', citation_options: { mode: 'FAST' } }
    const request = cohereChat.parseRequest({ ...frame, ...own }, context)
    expect(cohereChat.formatRequest(request, context)).toEqual({ body: { ...frame, ...own }, warnings: [] })
  })

  test('says that a tool failed only in a warning', () => {
    const request: ChatRequest = {
      model: '',
      messages: [{ role: 'tool', tool_call_id: 'c1', content: 'No such city.', is_error: true }],
    }
    expect(cohereChat.formatRequest(request, context).warnings).toEqual(['messages.is_error'])
  })

  test.each([
    [{ n: 2 }, 'n'],
    [{ modalities: ['audio'] }, 'modalities'],
    [
      { messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AA', format: 'wav' } }] }] },
      'messages[0].content[0]',
    ],
    [{ messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'f1' } }] }] }, 'messages[0].content[0]'],
  ])('refuses %o', (body, param) => {
    expect(() => write(body)).toThrow(expect.objectContaining({ name: 'WireError', code: 'unsupported', param }))
  })
})
