import { expect, test } from 'vitest'
import { findChatApi } from '../provider.ts'
import { baseten } from './baseten.ts'

test('a model id is a deployment of one’s own', () => {
  expect(findChatApi(baseten, 'abcd1234')?.chatUrl?.('abcd1234', true)).toBe(
    'https://model-abcd1234.api.baseten.co/environments/production/sync/v1/chat/completions',
  )
})

test.each(['deepseek-ai/DeepSeek-V3.1', 'evil.com#', 'a.b'])('%s is a model of the shared API', (model) => {
  const api = findChatApi(baseten, model)
  expect(api).toBe(baseten)
  expect(api?.chatUrl).toBeUndefined()
})
