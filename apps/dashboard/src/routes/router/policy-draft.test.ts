import { expect, test } from 'vitest'
import { toDraft, toPolicy, type Policy } from './policy-draft.ts'

const full: Policy = {
  strategy: 'balanced',
  weights: { cost: 4 },
  models: ['openai/gpt-5-mini', 'ollama/qwen3'],
  constraints: {
    max_price: 2,
    min_quality: 6,
    context: 100_000,
    capabilities: ['tools'],
    region: ['eu'],
    zero_retention: true,
    allow: ['openai'],
    deny: ['*/*-preview'],
  },
  overrides: { 'ollama/qwen3': { quality: 6, speed: 4 } },
  providers: { openai: { region: 'eu', zero_retention: true } },
}

test('a policy that is not changed stays as it is', () => {
  expect(toPolicy(toDraft(full))).toEqual(full)
})

test('nothing entered is no policy at all', () => {
  expect(toPolicy(toDraft({}))).toBeUndefined()
})

test('lists take lines and commas; rows without a name are left out', () => {
  const draft = {
    ...toDraft({}),
    models: ' openai/a,\n\n groq/b ',
    weights: { quality: '0', speed: '', cost: '' },
    overrides: [{ pattern: ' ', quality: '1', speed: '' }],
    providers: [{ provider: 'groq', region: '', isZeroRetention: false }],
  }
  expect(toPolicy(draft)).toEqual({ models: ['openai/a', 'groq/b'], weights: { quality: 0 }, providers: { groq: {} } })
})
