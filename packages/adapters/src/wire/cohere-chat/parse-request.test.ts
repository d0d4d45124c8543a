import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { cohereChat } from '../cohere-chat.ts'

const messages = [{ role: 'user', content: 'hi' }]
const parse = (body: JsonObject) => cohereChat.parseRequest({ model: 'm', messages, ...body }, createTestContext())

describe('a Chat request of a caller', () => {
  test('gets canonical names', () => {
    const sampling = {
      max_tokens: 9,
      temperature: 0,
      p: 0.5,
      k: 3,
      seed: 7,
      stop_sequences: ['END'],
      logprobs: true,
      stream: true,
    }
    expect(parse({ ...sampling, thinking: { type: 'enabled', token_budget: 99 }, safety_mode: 'OFF' })).toEqual({
      model: 'm',
      messages,
      max_completion_tokens: 9,
      temperature: 0,
      top_p: 0.5,
      top_k: 3,
      seed: 7,
      stop: ['END'],
      logprobs: true,
      stream: true,
      thinking: { type: 'enabled', budget_tokens: 99 },
      extra: { safety_mode: 'OFF' },
      extra_format: 'cohere-chat',
    })
  })

  test('has tools and choices in OpenAI words', () => {
    const tool = { type: 'function', function: { name: 'now', description: 'd', parameters: { type: 'object' } } }
    expect(parse({ tools: [tool], strict_tools: true, tool_choice: 'REQUIRED' })).toMatchObject({
      tools: [{ type: 'function', function: { ...tool.function, strict: true } }],
      tool_choice: 'required',
    })
    expect(parse({ tools: [tool], tool_choice: 'NONE' }).tool_choice).toBe('none')
  })

  test.each([
    [{ type: 'json_object' }, { type: 'json_object' }],
    [{ type: 'text' }, { type: 'text' }],
    [
      { type: 'json_object', json_schema: { title: 'My answer', type: 'object' } },
      { type: 'json_schema', json_schema: { name: 'My_answer', schema: { title: 'My answer', type: 'object' } } },
    ],
    [
      { type: 'json_object', schema: { type: 'object' } },
      { type: 'json_schema', json_schema: { name: 'response', schema: { type: 'object' } } },
    ],
  ])('understands the format %o', (format, expected) => {
    expect(parse({ response_format: format }).response_format).toEqual(expected)
  })

  test('has plan and thinking as reasoning, and documents in results as JSON', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'now', arguments: '{}' } }
    const content = [
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'text', text: 'I look.' },
    ]
    const { messages: parsed } = parse({
      messages: [
        ...messages,
        { role: 'assistant', content, tool_plan: 'Look.', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: [{ type: 'document', document: { data: { output: '60' } } }] },
        { role: 'assistant', content: [], tool_calls: [call], tool_plan: null },
      ],
    })
    expect(parsed).toEqual([
      ...messages,
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'I look.' }],
        reasoning_content: 'Hm.\n\nLook.',
        tool_calls: [call],
      },
      { role: 'tool', tool_call_id: 'c1', content: [{ type: 'text', text: '{"output":"60"}' }] },
      { role: 'assistant', content: null, tool_calls: [call] },
    ])
  })

  test('has documents as files that may be cited', () => {
    const documents = ['Plain.', { id: 'd1', data: { text: 'Named.' } }, { data: { title: 'T', text: 'x' } }]
    const file = (type: string, text: string) => ({ file_data: `data:${type};base64,${btoa(text)}` })
    const cited = { citations: { enabled: true } }
    expect(parse({ documents }).messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'file', file: file('text/plain', 'Plain.'), ...cited },
          { type: 'file', file: { filename: 'd1', ...file('text/plain', 'Named.') }, ...cited },
          { type: 'file', file: file('application/json', '{"title":"T","text":"x"}'), ...cited },
          { type: 'text', text: 'hi' },
        ],
      },
    ])
    expect(parse({ documents: [] }).messages).toEqual(messages)
  })

  test.each([
    [{ messages: undefined }, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: ['hi'] }, 'messages[0]'],
    [{ messages: [{ role: 'chatbot', content: '' }] }, 'messages[0].role'],
    [{ messages: [{ role: 'user', content: 7 }] }, 'messages[0].content'],
    [{ messages: [{ role: 'user', content: [{ type: 'video' }] }] }, 'messages[0].content[0]'],
    [{ messages: [{ role: 'assistant', tool_calls: [{}] }] }, 'messages[0].tool_calls[0]'],
    [{ messages: [{ role: 'tool', content: '' }] }, 'messages[0].tool_call_id'],
    [{ temperature: 'hot' }, 'temperature'],
    [{ stop_sequences: 'END' }, 'stop_sequences'],
    [{ tools: {} }, 'tools'],
    [{ tools: [{ type: 'function' }] }, 'tools[0].function.name'],
    [{ tool_choice: 'auto' }, 'tool_choice'],
    [{ response_format: { type: 'yaml' } }, 'response_format'],
    [{ thinking: { type: 'much' } }, 'thinking.type'],
    [{ documents: 'a' }, 'documents'],
    [{ documents: [{ id: 'a' }] }, 'documents[0]'],
  ])('is refused with %o', (body, param) => {
    expect(() => parse(body)).toThrow(expect.objectContaining({ code: 'invalid_request', param }))
  })
})
