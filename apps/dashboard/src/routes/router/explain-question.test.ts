import { expect, test } from 'vitest'
import { toQuestion } from './explain-question.ts'

test('asks what the URL says', () => {
  const search = {
    gateway: 'team',
    model: 'auto/cheapest',
    needs: 'vision,tools,flying',
    input: '2000',
    output: 'x',
    user: 'u1',
  }
  expect(toQuestion(search)).toEqual({
    gateway_id: 'team',
    model: 'auto/cheapest',
    task: 'chat',
    needs: ['chat', 'tools', 'vision'],
    input_tokens: 2000,
    user_id: 'u1',
  })
})

test('an embedding needs nothing of what chats need', () => {
  expect(toQuestion({ task: 'embeddings', needs: 'tools', model: 'openai/gpt-5' })).toEqual({
    gateway_id: 'default',
    model: 'auto',
    task: 'embeddings',
    needs: ['embedding'],
  })
})
