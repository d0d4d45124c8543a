import { builtinProviders, createProviders, findChatApi } from '@gw/adapters'
import { expect, test } from 'vitest'
import { readBetas } from './read-betas.ts'

const providers = createProviders(builtinProviders)

function read(provider: string, model: string, header: string) {
  const found = providers.find(provider)
  const api = found && findChatApi(found, model, 'anthropic-messages')
  if (!api) throw new Error(provider)
  return readBetas(new Headers({ 'anthropic-beta': header }), api)
}

test('Anthropic gets whatever its callers ask for', () => {
  expect(read('anthropic', 'claude-sonnet-4-5', 'context-1m-2025-08-07, new-thing-2027-01-01')).toEqual({
    values: ['context-1m-2025-08-07', 'new-thing-2027-01-01'],
    dropped: [],
  })
})

test.each([
  ['aws-bedrock', 'anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ['google-vertex-ai', 'anthropic/claude-sonnet-4-5'],
])('Claude on %s gets what it takes there, and the rest is named', (provider, model) => {
  expect(read(provider, model, 'claude-code-20250219,interleaved-thinking-2025-05-14')).toEqual({
    values: ['interleaved-thinking-2025-05-14'],
    dropped: ['anthropic-beta.claude-code-20250219'],
  })
})

test('no other vendor hears of them', () => {
  expect(read('openai', 'gpt-5', 'context-1m-2025-08-07')).toEqual({
    values: [],
    dropped: ['anthropic-beta.context-1m-2025-08-07'],
  })
})
