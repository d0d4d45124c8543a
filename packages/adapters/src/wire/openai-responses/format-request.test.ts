import { describe, expect, test } from 'vitest'
import type { ChatRequest } from '../../chat.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { formatRequest } from './format-request.ts'

const format = (request: Partial<ChatRequest>, model = 'gpt-4.1') =>
  formatRequest({ model, messages: [{ role: 'user', content: 'Hi' }], ...request }, createTestContext(model))

describe('a request of another format', () => {
  test('is stateless, and keeps system text where it is', () => {
    const messages: ChatRequest['messages'] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      { role: 'developer', content: 'Now be long.' },
    ]
    expect(format({ messages })).toEqual({
      body: {
        model: 'gpt-4.1',
        store: false,
        input: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
          { role: 'developer', content: 'Now be long.' },
        ],
      },
      warnings: [],
    })
  })

  test('says its turns as items, own reasoning included', () => {
    const messages: ChatRequest['messages'] = [
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        content: 'I will look.',
        reasoning_details: [
          { type: 'reasoning.summary', text: 'Hm.', id: 'rs_1', format: 'openai-responses' },
          { type: 'reasoning.encrypted', data: 'enc', id: 'rs_1', format: 'openai-responses' },
        ],
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      {
        role: 'tool',
        tool_call_id: 'call_1',
        content: [
          { type: 'text', text: 'Seen.' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' } },
        ],
      },
    ]
    const { body, warnings } = format({ messages }, 'gpt-5')
    expect(warnings).toEqual([])
    expect(body).toMatchObject({ store: false, include: ['reasoning.encrypted_content'] })
    expect(body['input']).toEqual([
      { role: 'user', content: 'Hi' },
      { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'enc' },
      { role: 'assistant', content: 'I will look.' },
      { type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{}' },
      {
        type: 'function_call_output',
        call_id: 'call_1',
        output: [
          { type: 'input_text', text: 'Seen.' },
          { type: 'input_image', image_url: 'data:image/png;base64,AA==', detail: 'auto' },
          { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' },
        ],
      },
    ])
  })

  test('flattens tools, which are not strict unless they say so', () => {
    const { body } = format({
      tools: [
        { type: 'function', function: { name: 'f', description: 'F', parameters: { type: 'object' } } },
        { type: 'function', function: { name: 'g', strict: true } },
      ],
      tool_choice: { type: 'allowed_tools', mode: 'auto', names: ['f'] },
      parallel_tool_calls: false,
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'object' }, strict: true } },
    })
    expect(body).toMatchObject({
      tools: [
        { type: 'function', name: 'f', description: 'F', parameters: { type: 'object' }, strict: false },
        { type: 'function', name: 'g', parameters: { type: 'object', properties: {} }, strict: true },
      ],
      tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'f' }] },
      parallel_tool_calls: false,
      text: { format: { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: true } },
    })
  })

  test('asks for encrypted reasoning only where the model surely thinks', () => {
    const included = (request: Partial<ChatRequest>, model?: string) => format(request, model).body['include']
    const asked = ['reasoning.encrypted_content']
    expect(included({}, 'gpt-4o')).toBeUndefined()
    expect(included({}, 'gpt-5-chat-latest')).toBeUndefined()
    expect(included({}, 'o4-mini')).toEqual(asked)
    expect(included({}, 'openai/gpt-5.2')).toEqual(asked)
    expect(included({ reasoning_effort: 'low' }, 'my-deployment')).toEqual(asked)
    expect(included({ reasoning_effort: 'none' }, 'gpt-5.2')).toBeUndefined()
    expect(included({ logprobs: true }, 'gpt-4o')).toEqual(['message.output_text.logprobs'])
  })

  test('turns a thinking budget into effort and asks for a summary where thoughts shall be read', () => {
    const { body } = format({ thinking: { type: 'enabled', budget_tokens: 2000, include: true } }, 'gpt-5')
    expect(body['reasoning']).toEqual({ effort: 'low', summary: 'auto' })
  })

  test('names what it drops or bends', () => {
    const { body, warnings } = format({
      stop: ['END'],
      seed: 1,
      top_k: 5,
      frequency_penalty: 1,
      presence_penalty: 1,
      max_completion_tokens: 5,
      extra: { logit_bias: {} },
      extra_format: 'openai-chat',
      tools: [{ type: 'server', format: 'anthropic-messages', tool: { type: 'bash_20250124' } }],
      messages: [
        { role: 'user', content: 'Hi', name: 'Ann' },
        {
          role: 'assistant',
          content: 'Ho',
          reasoning_details: [{ type: 'reasoning.text', text: 'x', signature: 's', format: 'anthropic-messages' }],
        },
        { role: 'tool', tool_call_id: 'c', content: 'no', is_error: true },
      ],
    })
    expect(body['max_output_tokens']).toBe(16)
    expect(body['tools']).toBeUndefined()
    expect([...warnings].sort()).toEqual([
      'frequency_penalty',
      'logit_bias',
      'max_completion_tokens',
      'messages.is_error',
      'messages.name',
      'messages.reasoning_details',
      'presence_penalty',
      'seed',
      'stop',
      'tools.bash_20250124',
      'top_k',
    ])
  })

  test('cannot have several answers', () => {
    expect(() => format({ n: 2 })).toThrow('one answer')
  })
})
