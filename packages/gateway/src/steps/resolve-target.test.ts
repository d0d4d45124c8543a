import { builtinProviders, createProviders } from '@gw/adapters'
import { expect, test } from 'vitest'
import { resolveTarget } from './resolve-target.ts'

const providers = createProviders(builtinProviders)
const resolve = (name: string | undefined): string[] => {
  const { provider, model } = resolveTarget(name, providers)
  return [provider.id, model]
}

test.each([
  ['openai/gpt-5', 'openai', 'gpt-5'],
  ['xai/grok-4', 'grok', 'grok-4'],
  ['google/gemini-2.5-flash', 'google-ai-studio', 'gemini-2.5-flash'],
  ['perplexity/sonar', 'perplexity-ai', 'sonar'],
  ['OpenAI/gpt-5', 'openai', 'gpt-5'],
  ['openrouter/meta-llama/llama-4-scout', 'openrouter', 'meta-llama/llama-4-scout'],
  ['workers-ai/@cf/meta/llama-3.1-8b-instruct', 'workers-ai', '@cf/meta/llama-3.1-8b-instruct'],
  ['@cf/meta/llama-3.1-8b-instruct', 'workers-ai', '@cf/meta/llama-3.1-8b-instruct'],
  ['gpt-5', 'openai', 'gpt-5'],
  ['claude-sonnet-4-5', 'anthropic', 'claude-sonnet-4-5'],
  ['gemini-2.5-flash', 'google-ai-studio', 'gemini-2.5-flash'],
  ['ollama/llama3', 'ollama', 'llama3'],
])('%s is %s and %s', (name, provider, model) => {
  expect(resolve(name)).toEqual([provider, model])
})

test.each([
  [undefined, 'missing_model'],
  ['openai/', 'missing_model'],
  ['nobody/x', 'invalid_provider'],
  ['dynamic/support', 'unknown_route'],
  ['zzz', 'unknown_model'],
  ['google-ai-studio/gemini?key=x#', 'invalid_request'],
  ['workers-ai/@cf/../../x', 'invalid_request'],
  [`openai/${'m'.repeat(257)}`, 'invalid_request'],
  ['elevenlabs/eleven_v3', 'unsupported'],
])('%s is refused with %s', (name, code) => {
  expect(() => resolve(name)).toThrow(expect.objectContaining({ code }))
})
