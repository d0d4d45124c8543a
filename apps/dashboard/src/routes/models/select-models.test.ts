import { expect, test } from 'vitest'
import type { Model } from '../../models/all-models-query.ts'
import { countBy, directionOf, ratingOfSpeed, selectModels } from './select-models.ts'

const model = (id: string, facts: Partial<Model> = {}): Model => ({
  id,
  provider: id.split('/')[0] ?? '',
  model: id.split('/')[1] ?? '',
  capabilities: ['chat'],
  context_window: null,
  max_output: null,
  input_per_million_usd: null,
  output_per_million_usd: null,
  cache_read_per_million_usd: null,
  cache_write_per_million_usd: null,
  quality: null,
  speed: null,
  in_default_pool: false,
  health: null,
  ...facts,
})

const models = [
  model('openai/gpt-4o', { capabilities: ['chat', 'vision'], input_per_million_usd: 2.5, in_default_pool: true }),
  model('openai/tts-1', { capabilities: ['speech'] }),
  model('groq/llama', { input_per_million_usd: 0.5, quality: { value: 7, tier: 2, source: 'x' } }),
]
const ids = (selection: Parameters<typeof selectModels>[1]): string[] =>
  selectModels(models, selection).map(({ id }) => id)

test('finds by words, provider, capability and pool', () => {
  expect(ids({ q: 'GPT open' })).toEqual(['openai/gpt-4o'])
  expect(ids({ provider: 'openai' })).toEqual(['openai/gpt-4o', 'openai/tts-1'])
  expect(ids({ capability: 'vision' })).toEqual(['openai/gpt-4o'])
  expect(ids({ pool: '1' })).toEqual(['openai/gpt-4o'])
})

test('unknown prices come last, whichever way it is sorted', () => {
  expect(ids({ sort: 'input' })).toEqual(['groq/llama', 'openai/gpt-4o', 'openai/tts-1'])
  expect(ids({ sort: 'input', turned: '1' })).toEqual(['openai/gpt-4o', 'groq/llama', 'openai/tts-1'])
  expect([directionOf('input', false), directionOf('quality', false), directionOf('quality', true)]).toEqual([
    'ascending',
    'descending',
    'ascending',
  ])
})

test('measured speed is put on the scale of the prior', () => {
  expect([5, 50, 500, 5000, 0].map(ratingOfSpeed)).toEqual([0, 5, 10, 10, 0])
})

test('counts values, most first', () => {
  expect(countBy(models, ({ provider }) => [provider])).toEqual([
    ['openai', 2],
    ['groq', 1],
  ])
})
