import { expect, test } from 'vitest'
import { findModel, listModels, resolveBareModel } from './index.ts'

const at = Date.UTC(2026, 10, 21, 12)

test('knows capabilities, limits and prices', () => {
  expect(findModel({ provider: 'anthropic', model: 'claude-opus-4-5' }, at)).toEqual({
    provider: 'anthropic',
    model: 'claude-opus-4-5',
    capabilities: ['chat', 'tools', 'json_schema', 'vision', 'pdf', 'reasoning'],
    quality: 9.5,
    speed: 4,
    contextWindow: 200_000,
    maxOutput: 64_000,
    inputPerMillionUsd: 5,
    outputPerMillionUsd: 25,
    cacheReadPerMillionUsd: 0.5,
    cacheWritePerMillionUsd: 6.25,
  })
})

test.each([
  ['openai', 'gpt-4o-2024-08-06', 'gpt-4o'],
  ['openai', 'GPT-4o', 'gpt-4o'],
  ['google', 'models/gemini-2.5-pro', 'gemini-2.5-pro'],
  ['google-vertex-ai', 'google/gemini-2.5-flash', 'gemini-2.5-flash'],
  ['azure-openai', 'my-resource/gpt-4o-mini', 'gpt-4o-mini'],
  ['azure-openai', 'my-resource/gpt-4o-mini@2024-10-21', 'gpt-4o-mini'],
  ['google-vertex-ai', 'anthropic/claude-sonnet-4-5@20250929', 'claude-sonnet-4-5'],
  ['xai', 'grok-4', 'grok-4-0709'],
  ['ollama', 'llama3.2', 'llama3.2'],
  ['workers-ai', '@cf/qwen/qwq-32b', '@cf/qwen/qwq-32b'],
  ['aws-bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'],
  [
    'aws-bedrock',
    'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0',
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
])('finds %s %s as %s', (provider, model, expected) => {
  expect(findModel({ provider, model }, at)?.model).toBe(expected)
})

test("finds the price of Hugging Face's vendor, and none where the router chooses", () => {
  const model = 'meta-llama/Llama-3.3-70B-Instruct'
  expect(findModel({ provider: 'huggingface', model: `${model}:together` }, at)?.inputPerMillionUsd).toBeGreaterThan(0)
  expect(findModel({ provider: 'huggingface', model }, at)).toBeUndefined()
})

test.each([
  ['gpt-5', 'openai'],
  ['gpt-7-next-year', 'openai'],
  ['o3-mini', 'openai'],
  ['text-embedding-3-small', 'openai'],
  ['claude-opus-4-5', 'anthropic'],
  ['gemini-2.5-pro', 'google-ai-studio'],
  ['grok-4', 'grok'],
  ['deepseek-chat', 'deepseek'],
  ['mistral-large-latest', 'mistral'],
  ['codestral-latest', 'mistral'],
  ['sonar', 'perplexity-ai'],
  ['command-r-plus', 'cohere'],
  ['@cf/meta/llama-3.2-1b-instruct', 'workers-ai'],
  ['llama-3.3-70b-versatile', 'groq'],
])('takes a bare %s for one of %s', (model, provider) => {
  expect(resolveBareModel(model)).toEqual({ provider, model })
})

test('does not guess', () => {
  expect(resolveBareModel('my-finetune')).toBeUndefined()
  expect(resolveBareModel('')).toBeUndefined()
  expect(resolveBareModel('gpt')).toBeUndefined()
})

test('lists the models of one provider or of all', () => {
  const openai = listModels(at, 'openai')
  expect(openai.length).toBeGreaterThan(50)
  expect(openai.every(({ provider }) => provider === 'openai')).toBe(true)
  expect(listModels(at, 'xai').map(({ provider }) => provider)).toContain('grok')
  expect(listModels(at, 'nobody')).toEqual([])
  const all = new Set(listModels(at).map(({ provider }) => provider))
  expect(['openai', 'anthropic', 'workers-ai', 'google-vertex-ai'].every((id) => all.has(id))).toBe(true)
})

test('finds every model that it lists under its own name', () => {
  const lost = listModels(at).filter((model) => findModel(model, at)?.model !== model.model)
  expect(lost.map(({ provider, model }) => `${provider}/${model}`)).toEqual([])
})
