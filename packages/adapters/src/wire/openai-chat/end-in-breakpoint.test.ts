import { expect, test } from 'vitest'
import type { Message } from '../../chat.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { openaiChat } from '../openai-chat.ts'

const cache_control = { type: 'ephemeral', ttl: '1h' } as const
const image = { type: 'image_url', image_url: { url: 'https://a/b.png' } } as const
const call = (id: string) => ({ id, type: 'function' as const, function: { name: 'f', arguments: '{}' } })

test.each<[string, object, Message]>([
  [
    'a text',
    { role: 'system', content: 'a', cache_control },
    { role: 'system', content: [{ type: 'text', text: 'a', cache_control }] },
  ],
  [
    'the last of several parts',
    { role: 'user', content: [{ type: 'text', text: 'a' }, image], cache_control },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'a' },
        { ...image, cache_control },
      ],
    },
  ],
  [
    'the last call',
    { role: 'assistant', content: 'a', tool_calls: [call('1'), call('2')], cache_control },
    { role: 'assistant', content: 'a', tool_calls: [call('1'), { ...call('2'), cache_control }] },
  ],
  [
    'a tool’s result',
    { role: 'tool', tool_call_id: '1', content: 'a', cache_control },
    { role: 'tool', tool_call_id: '1', content: 'a', cache_control },
  ],
  ['nothing that is empty', { role: 'user', content: '', cache_control }, { role: 'user', content: '' }],
  ['nothing of another kind', { role: 'user', content: 'a', cache_control: 'x' }, { role: 'user', content: 'a' }],
])('a breakpoint of a message is one of %s', (_, said, expected) => {
  const body = { model: 'm', messages: [said] }
  expect(openaiChat.parseRequest(JSON.parse(JSON.stringify(body)), createTestContext()).messages).toEqual([expected])
})
