import { describe, expect, test } from 'vitest'
import type { ChatRequest } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { openaiChat } from '../openai-chat.ts'
import { workersAI } from '../workers-ai.ts'

const context = createTestContext('@cf/meta/llama-3.3-70b-instruct-fp8-fast')
const messages = [{ role: 'user', content: 'hi' }]
const tool = { type: 'function', function: { name: 'now', description: 'The time.', parameters: { type: 'object' } } }
const other = { type: 'function', function: { name: 'later', description: '', parameters: { type: 'object' } } }

function write(body: JsonObject): { body: JsonObject; warnings: string[] } {
  return workersAI.formatRequest(openaiChat.parseRequest({ messages, ...body }, context), context)
}

describe('a run', () => {
  test('has the model in its path, slashes and at sign as they are', () => {
    expect(workersAI.path('@cf/meta/llama-3.1-8b-instruct', false)).toBe('/run/@cf/meta/llama-3.1-8b-instruct')
  })

  test('cannot leave its place by a model name', () => {
    expect(workersAI.path('@cf/../../../tokens/./x?y#z', false)).toBe('/run/@cf/tokens/x%3Fy%23z')
  })

  test('has no model in its body, and room for an answer where the caller names none', () => {
    expect(write({})).toEqual({ body: { messages, max_tokens: 2048 }, warnings: [] })
    expect(write({ reasoning_effort: 'high' }).body).toMatchObject({ max_tokens: 8192, reasoning_effort: 'high' })
    expect(write({ max_tokens: 9 }).body).toMatchObject({ max_tokens: 9 })
  })

  test('keeps what the API knows', () => {
    const sampling = { temperature: 0, top_p: 0.5, top_k: 3, seed: 7, frequency_penalty: 1, presence_penalty: -1 }
    const written = write({ ...sampling, stop: 'END', stream: true })
    expect(written).toEqual({
      body: {
        messages,
        max_tokens: 2048,
        ...sampling,
        stop: ['END'],
        stream: true,
      },
      warnings: [],
    })
  })

  test('names what it drops', () => {
    const { warnings } = write({
      user: 'u1',
      service_tier: 'flex',
      store: true,
      metadata: null,
      tools: [tool],
      parallel_tool_calls: false,
    })
    expect(warnings).toEqual(['store', 'parallel_tool_calls', 'user', 'service_tier'])
  })

  test('puts a bare schema under json_schema and gives up the stream for it', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } }
    const format = { type: 'json_schema', json_schema: { name: 'answer', description: 'An a.', schema, strict: true } }
    const written = write({ response_format: format, stream: true })
    const bare = { title: 'answer', description: 'An a.', ...schema }
    expect(written.body['response_format']).toEqual({ type: 'json_schema', json_schema: bare })
    expect(written.body['stream']).toBe(undefined)
    expect(written.warnings).toEqual(['stream'])
  })

  test.each([
    [{ type: 'function', function: { name: 'later' } }, 'required', [other]],
    [
      {
        type: 'allowed_tools',
        allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'now' } }] },
      },
      'auto',
      [tool],
    ],
    ['none', 'none', [tool, other]],
  ])('offers only the chosen tools for %o', (choice, expected, offered) => {
    const { body } = write({ tools: [tool, other], tool_choice: choice })
    expect(body).toMatchObject({ tools: offered, tool_choice: expected })
  })

  test('switches thinking off', () => {
    const { body } = write({ thinking: { type: 'disabled' } })
    expect(body['chat_template_kwargs']).toEqual({ enable_thinking: false })
  })

  test('never has content null, and repeats the name of a called function', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'now', arguments: '{}' } }
    const { body } = write({
      messages: [
        {
          role: 'developer',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
        { role: 'user', content: 'time?' },
        { role: 'assistant', content: null, reasoning_content: 'Look.', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: 'noon' },
      ],
    })
    expect(body['messages']).toEqual([
      { role: 'system', content: 'a\nb' },
      { role: 'user', content: 'time?' },
      { role: 'assistant', content: '', reasoning: 'Look.', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', name: 'now', content: 'noon' },
    ])
  })

  test('takes images as data URLs and text documents as text', () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }
    const file = { type: 'file', file: { filename: 'a.txt', file_data: `data:text/plain;base64,${btoa('Hello')}` } }
    const { body } = write({ messages: [{ role: 'user', content: [file, image] }] })
    expect(body['messages']).toEqual([{ role: 'user', content: [{ type: 'text', text: 'a.txt:\nHello' }, image] }])
  })

  test('moves images that tools returned behind the last result', () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } } as const
    const call = (id: string) => ({ id, type: 'function' as const, function: { name: 'now', arguments: '{}' } })
    const request: ChatRequest = {
      model: '',
      messages: [
        { role: 'assistant', content: null, tool_calls: [call('c1'), call('c2')] },
        { role: 'tool', tool_call_id: 'c1', content: [{ type: 'text', text: 'see' }, image] },
        { role: 'tool', tool_call_id: 'c2', content: 'none' },
      ],
    }
    const { body } = workersAI.formatRequest(request, context)
    expect(body['messages']).toMatchObject([
      { role: 'assistant' },
      { role: 'tool', tool_call_id: 'c1', content: 'see' },
      { role: 'tool', tool_call_id: 'c2', content: 'none' },
      { role: 'user', content: [image] },
    ])
  })

  test.each([
    [{ n: 2 }, 'n'],
    [{ modalities: ['text', 'audio'] }, 'modalities'],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://a/b.png' } }] }] },
      'messages[0].content[0]',
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AA', format: 'wav' } }] }] },
      'messages[0].content[0]',
    ],
    [
      {
        messages: [
          { role: 'user', content: [{ type: 'file', file: { file_data: 'data:application/pdf;base64,AA' } }] },
        ],
      },
      'messages[0].content[0]',
    ],
  ])('refuses %o', (body, param) => {
    expect(() => write(body)).toThrow(expect.objectContaining({ name: 'WireError', code: 'unsupported', param }))
  })
})
