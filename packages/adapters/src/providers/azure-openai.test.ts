import { expect, test } from 'vitest'
import { readProviderError, readStreamError } from '../read-provider-error.ts'
import { azureOpenAI } from './azure-openai.ts'

test.each([
  ['my-resource/gpt-4o', 'https://my-resource.openai.azure.com/openai/v1/chat/completions'],
  ['my-resource.services.ai/grok-4', 'https://my-resource.services.ai.azure.com/openai/v1/chat/completions'],
  [
    'my-resource/gpt-4o@2024-10-21',
    'https://my-resource.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21',
  ],
  [
    'my-resource.services.ai/gpt-4o@2025-04-01-preview',
    'https://my-resource.services.ai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2025-04-01-preview',
  ],
])('%s is at %s', (model, url) => {
  expect(azureOpenAI.chatUrl(model)).toBe(url)
})

test.each([
  'gpt-4o',
  'evil.com/gpt-4o',
  'a.services.ai.evil.com/gpt-4o',
  'user@evil.com/gpt-4o',
  'r/gpt-4o/x',
  'r/gpt-4o@2024-10-21&x=y',
])('%s is no deployment', (model) => {
  expect(azureOpenAI.chatUrl(model)).toBeUndefined()
})

test.each(['my-resource/gpt-4o', 'my-resource/gpt-4o@2024-10-21'])('%s is gpt-4o in the body', (model) => {
  expect(azureOpenAI.encode({ model, messages: [] }, { model, stream: false })).toEqual({
    model: 'gpt-4o',
    messages: [],
  })
})

const filtered = { hate: { filtered: true, severity: 'high' } }

test.each([
  [
    'a filtered prompt',
    400,
    { code: 'content_filter', message: 'The response was filtered.', innererror: { content_filter_result: filtered } },
    'content_filter',
  ],
  ['a key that is none', 401, { code: '401', message: 'Access denied due to invalid subscription key.' }, 'auth'],
  ['a URL that is none', 404, { code: '404', message: 'Resource not found' }, 'model_not_found'],
  ['a rate limit', 429, { code: '429', message: 'Rate limit is exceeded. Try again in 6 seconds.' }, 'rate_limit'],
])('%s is known for what it is', (...[, status, error, type]) => {
  expect(readProviderError({ status, body: { error } }).type).toBe(type)
})

test.each([
  [{ code: 'content_filter', message: 'The response was filtered.', status: 400 }, 'content_filter', 400],
  [{ code: 'content_filter', message: 'The response was filtered.' }, 'content_filter', 400],
  [{ code: '429', message: 'Too many requests.' }, 'rate_limit', 429],
])('an answer 200 that is only %o is an error', (error, type, status) => {
  expect(readStreamError({ error })).toMatchObject({ type, status })
})
