import { expect, test } from 'vitest'
import { mistakeInTools, noSettings, sampleTool } from './settings.ts'
import { toBody } from './to-body.ts'

test('a conversation with a picture, a tool call and its result', () => {
  const body = toBody({
    model: ' openai/gpt-4o ',
    settings: { system: 'Be brief.', temperature: '0.2', maxTokens: '50', tools: '[{"type":"function"}]' },
    turns: [
      { role: 'user', text: 'Look', pictures: [{ name: 'a.png', url: 'data:image/png;base64,AA==' }] },
      { role: 'assistant', text: '', toolCalls: [{ id: 'c', name: 'find', arguments: '{}' }] },
      { role: 'tool', callId: 'c', text: 'found' },
    ],
  })
  expect(body).toEqual({
    model: 'openai/gpt-4o',
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'find', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: 'found' },
    ],
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0.2,
    max_tokens: 50,
    tools: [{ type: 'function' }],
  })
})

test('what is not set is not sent', () => {
  const body = toBody({ model: 'auto', settings: noSettings, turns: [{ role: 'user', text: 'Hi', pictures: [] }] })
  expect(Object.keys(body)).toEqual(['model', 'messages', 'stream', 'stream_options'])
  expect(body.messages).toEqual([{ role: 'user', content: 'Hi' }])
})

test('says what is wrong with tools', () => {
  expect(mistakeInTools('')).toBeUndefined()
  expect(mistakeInTools(sampleTool)).toBeUndefined()
  expect(mistakeInTools('{}')).toBe('Tools: must be a list: [{ "type": "function", … }].')
  expect(mistakeInTools('[{}]')).toBe('Tools: has no "type"; chats take "function".')
  expect(mistakeInTools('[')).toMatch(/^Tools: this is not JSON/)
})
