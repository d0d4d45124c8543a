import { expect, test } from 'vitest'
import { readRequest } from './read-request.ts'

test('a chat with a system prompt, parts and a tool call', () => {
  const request = readRequest(
    JSON.stringify({
      model: 'openai/gpt-4o',
      temperature: 0,
      max_tokens: 20,
      tools: [{ type: 'function', function: { name: 'find' } }],
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
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'find', arguments: '{"a":1}' } }],
        },
        { role: 'tool', tool_call_id: 'c', content: 'found' },
      ],
    }),
  )
  expect(request).toEqual({
    model: 'openai/gpt-4o',
    settings: {
      system: 'Be brief.',
      temperature: '0',
      maxTokens: '20',
      tools: JSON.stringify([{ type: 'function', function: { name: 'find' } }], null, 2),
    },
    turns: [
      { role: 'user', text: 'Look', pictures: [{ name: 'picture 2', url: 'data:image/png;base64,AA==' }] },
      { role: 'assistant', text: '', toolCalls: [{ id: 'c', name: 'find', arguments: '{"a":1}' }] },
      { role: 'tool', callId: 'c', text: 'found' },
    ],
  })
})

test('messages and responses are chats, too', () => {
  const claude = readRequest(
    '{"model":"claude","system":"Hm","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}',
  )
  expect(claude?.settings).toEqual({ system: 'Hm', temperature: '', maxTokens: '9', tools: '' })
  const response = readRequest('{"model":"gpt","instructions":"Hm","input":"Hi"}')
  expect(response).toMatchObject({ settings: { system: 'Hm' }, turns: [{ role: 'user', text: 'Hi' }] })
})

test('anything else is none', () => {
  expect(readRequest('{"prompt":"x"}')).toBeUndefined()
  expect(readRequest('no JSON')).toBeUndefined()
})
