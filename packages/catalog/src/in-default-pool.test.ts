import { expect, test } from 'vitest'
import { inDefaultPool, listModels } from './index.ts'

const at = Date.UTC(2026, 10, 22)
const poolOf = (provider: string): string[] =>
  listModels(at, provider)
    .filter(inDefaultPool)
    .map(({ model }) => model)

test.each([
  ['openai', ['gpt-4o-mini', 'gpt-4.1-nano', 'gpt-5', 'text-embedding-3-small']],
  ['anthropic', ['claude-sonnet-4-5', 'claude-haiku-4-5', 'claude-opus-4-1']],
  ['google-ai-studio', ['gemini-2.5-flash', 'gemini-2.5-flash-lite', 'gemini-2.5-pro', 'gemini-embedding-001']],
  ['mistral', ['mistral-small-latest', 'mistral-large-2512', 'mistral-embed']],
  ['groq', ['llama-3.3-70b-versatile', 'openai/gpt-oss-120b', 'qwen/qwen3-32b']],
  ['deepseek', ['deepseek-chat', 'deepseek-reasoner']],
  ['cohere', ['rerank-v3.5', 'embed-v4.0']],
])('%s: what it answers for', (provider, models) => {
  expect(poolOf(provider)).toEqual(expect.arrayContaining(models))
})

test.each([
  ['switched off, or never there', 'openai', /gpt-oss|^ft:|:extended|davinci|realtime|audio|image|search|gpt-4o-2024/],
  ["other makers' models in its price list", 'google-ai-studio', /claude|gemma|image|live/],
  ['names of families', 'mistral', /:free|^mistral-(?:large|small|tiny)$|mixtral/],
  ['old ones', 'anthropic', /claude-v1|claude-3/],
  ['old ones and judges', 'groq', /llama2|llama3-|guard/],
  ['names that need a path', 'fireworks', /./],
])('%s: %s are left out', (_, provider, wrong) => {
  expect(poolOf(provider).filter((model) => wrong.test(model))).toEqual([])
})
