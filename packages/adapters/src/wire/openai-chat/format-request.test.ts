import { describe, expect, test } from 'vitest'
import type { ChatRequest, Message } from '../../chat.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { openaiChat } from '../openai-chat.ts'

const messages: Message[] = [{ role: 'user', content: 'hi' }]
const context = createTestContext('gpt-5')
const write = (fields: Partial<ChatRequest>) => openaiChat.formatRequest({ model: 'x', messages, ...fields }, context)

describe('a chat completion request for callers of other formats', () => {
  test('has the model of the target and asks a stream for its usage', () => {
    expect(write({ stream: true })).toEqual({
      body: { model: 'gpt-5', messages, stream: true, stream_options: { include_usage: true } },
      warnings: [],
    })
  })

  test('names what it drops, and nothing that was off', () => {
    const { body, warnings } = write({
      top_k: 3,
      thinking: { type: 'disabled' },
      tools: [{ type: 'server', format: 'anthropic-messages', tool: { type: 'web_search_20250305' } }],
      extra: { metadata: { a: 1 }, container: null, mcp: false },
      extra_format: 'anthropic-messages',
    })
    expect(body).toEqual({ model: 'gpt-5', messages })
    expect(warnings).toEqual(['tools.web_search_20250305', 'top_k', 'thinking', 'metadata'])
  })

  test('keeps the fields of callers of its own format', () => {
    expect(write({ extra: { store: true }, extra_format: 'openai-chat' })).toEqual({
      body: { store: true, model: 'gpt-5', messages },
      warnings: [],
    })
  })

  test.each([
    [1024, 'low'],
    [4096, 'low'],
    [4097, 'medium'],
    [16_384, 'medium'],
    [32_000, 'high'],
  ])('has a budget of %i as effort %s', (budget, effort) => {
    const { body } = write({ thinking: { type: 'enabled', budget_tokens: budget } })
    expect(body['reasoning_effort']).toBe(effort)
  })

  test('sends none of the canonical extensions', () => {
    const control = { type: 'ephemeral' } as const
    const call = { id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } } as const
    const native = { format: 'anthropic-messages', content: [] }
    const { body, warnings } = write({
      tools: [{ type: 'function', function: { name: 'f' }, cache_control: control }],
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'a', cache_control: control }] },
        {
          role: 'user',
          native,
          content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA', media_type: 'image/png' } }],
        },
        {
          role: 'assistant',
          content: [{ type: 'text', text: 'b' }],
          native,
          reasoning_content: 'c',
          reasoning_details: [{ type: 'reasoning.text', text: 'c', signature: 's' }],
          annotations: [],
          images: [{ type: 'image_url', image_url: { url: 'x' } }],
          audio: { id: 'audio_1', data: 'AA' },
          tool_calls: [{ ...call, cache_control: control, extra_content: { google: { thought_signature: 's' } } }],
        },
        { role: 'tool', tool_call_id: 'c1', name: 'f', content: 'd', is_error: true, cache_control: control },
      ],
    })
    expect(body).toEqual({
      model: 'gpt-5',
      tools: [{ type: 'function', function: { name: 'f' } }],
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'a' }] },
        { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } }] },
        { role: 'assistant', content: 'b', audio: { id: 'audio_1' }, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: 'd' },
      ],
    })
    expect(new Set(warnings)).toEqual(
      new Set([
        'cache_control',
        'messages[1].content',
        'messages[2].content',
        'messages.reasoning',
        'messages.images',
        'messages.is_error',
      ]),
    )
  })

  test('keeps results together and puts what else tools returned behind them', () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } } as const
    const call = (id: string) => ({ id, type: 'function' as const, function: { name: 'f', arguments: '{}' } })
    const { body } = write({
      messages: [
        { role: 'assistant', content: null, tool_calls: [call('c1'), call('c2')] },
        { role: 'tool', tool_call_id: 'c1', content: [{ type: 'text', text: 'see' }, image] },
        {
          role: 'tool',
          tool_call_id: 'c2',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
        { role: 'user', content: 'So?' },
      ],
    })
    expect(body['messages']).toMatchObject([
      { role: 'assistant' },
      { role: 'tool', tool_call_id: 'c1', content: 'see' },
      { role: 'tool', tool_call_id: 'c2', content: [{ text: 'a' }, { text: 'b' }] },
      { role: 'user', content: [image] },
      { role: 'user', content: 'So?' },
    ])
  })

  test('refuses documents by URL', () => {
    const file = { type: 'file', file: { file_url: 'https://a/b.pdf' } } as const
    expect(() => write({ messages: [{ role: 'user', content: [file] }] })).toThrow(
      expect.objectContaining({ code: 'unsupported', param: 'messages[0].content[0]' }),
    )
  })
})
