import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { openaiChat } from '../openai-chat.ts'

const messages = [{ role: 'user', content: 'hi' }]
const parse = (body: JsonObject) => openaiChat.parseRequest({ model: 'gpt-5', messages, ...body }, createTestContext())

describe('a chat completion request', () => {
  test('has old and short names under the canonical ones', () => {
    expect(parse({ max_tokens: 5, stop: 'END', reasoning: { effort: 'low' }, tool_choice: 'any' })).toEqual({
      model: 'gpt-5',
      messages,
      max_completion_tokens: 5,
      stop: ['END'],
      reasoning_effort: 'low',
      tool_choice: 'required',
    })
    expect(parse({ max_tokens: 5, max_completion_tokens: 6 }).max_completion_tokens).toBe(6)
  })

  test('keeps fields without a canonical name as its own', () => {
    expect(parse({ store: true, metadata: { a: '1' } })).toMatchObject({
      extra: { store: true, metadata: { a: '1' } },
      extra_format: 'openai-chat',
    })
  })

  test('counts null as not said', () => {
    const nothing = {
      tools: null,
      tool_choice: null,
      response_format: null,
      stop: null,
      temperature: null,
      thinking: null,
    }
    expect(parse(nothing)).toEqual({ model: 'gpt-5', messages })
  })

  test('has every kind of message', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }
    const details = [{ type: 'reasoning.text', text: 'Hm.', signature: 's', format: 'anthropic-messages' }]
    const said = [
      { role: 'developer', content: [{ type: 'text', text: 'a' }] },
      {
        role: 'user',
        name: 'ann',
        content: [{ type: 'image_url', image_url: { url: 'https://a/b.png', detail: 'low' } }],
      },
      { role: 'assistant', content: null, tool_calls: [call], reasoning_content: 'Hm.', reasoning_details: details },
      { role: 'tool', tool_call_id: 'c1', content: 'done' },
    ]
    expect(parse({ messages: said }).messages).toEqual(said)
  })

  test('reads old function results, objects as arguments, and refusals as parts', () => {
    const { messages: parsed } = parse({
      messages: [
        {
          role: 'assistant',
          content: [{ type: 'refusal', refusal: 'No.' }],
          tool_calls: [{ id: 'c1', function: { name: 'f', arguments: { a: 1 } } }],
        },
        { role: 'function', name: 'f', content: 'done' },
      ],
    })
    expect(parsed).toEqual([
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'No.' }],
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
      },
      { role: 'tool', tool_call_id: 'f', content: 'done' },
    ])
  })

  test('keeps tools that a vendor runs itself in their own words', () => {
    const search = { type: 'web_search', filters: {} }
    expect(parse({ tools: [search] }).tools).toEqual([{ type: 'server', format: 'openai-chat', tool: search }])
  })

  test('allows only some tools', () => {
    const tools = [{ type: 'function', function: { name: 'f' } }]
    const choice = { type: 'allowed_tools', allowed_tools: { mode: 'required', tools } }
    expect(parse({ tool_choice: choice }).tool_choice).toEqual({
      type: 'allowed_tools',
      mode: 'required',
      names: ['f'],
    })
  })

  test.each<[JsonObject, string]>([
    [{ messages: undefined }, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: ['hi'] }, 'messages[0]'],
    [{ messages: [...messages, { role: 'robot', content: '' }] }, 'messages[1].role'],
    [{ messages: [{ role: 'user' }] }, 'messages[0].content'],
    [
      { messages: [{ role: 'system', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] },
      'messages[0].content[0]',
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'video' }] }] },
      'messages[0].content[1]',
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AA' } }] }] },
      'messages[0].content[0]',
    ],
    [{ messages: [{ role: 'assistant', tool_calls: [{ function: { name: 'f' } }] }] }, 'messages[0].tool_calls[0]'],
    [{ messages: [{ role: 'tool', content: '' }] }, 'messages[0].tool_call_id'],
    [{ tools: {} }, 'tools'],
    [{ tools: ['f'] }, 'tools[0]'],
    [{ tools: [{ type: 'function', function: {} }] }, 'tools[0].function.name'],
    [{ tool_choice: 'maybe' }, 'tool_choice'],
    [{ response_format: { type: 'json_schema' } }, 'response_format'],
    [{ stop: [1] }, 'stop'],
  ])('is refused with %o, naming the field', (body, param) => {
    expect(() => parse(body)).toThrow(expect.objectContaining({ name: 'WireError', code: 'invalid_request', param }))
  })
})
