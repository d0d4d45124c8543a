import { expect, test } from 'vitest'
import { modelGeneration } from './model-generation.ts'

test.each([
  ['claude-3-opus-20240229', 300],
  ['claude-3-5-sonnet-latest', 305],
  ['anthropic.claude-3-7-sonnet-20250219-v1:0', 307],
  ['claude-sonnet-4-20250514', 400],
  ['claude-opus-4-1-20250805', 401],
  ['claude-sonnet-4-5@20250929', 405],
  ['claude-opus-4.6', 406],
  ['claude-sonnet-5', 500],
  ['claude-next', Number.POSITIVE_INFINITY],
  ['kimi-k2', 400],
])('%s is of generation %i', (model, generation) => {
  expect(modelGeneration(model)).toBe(generation)
})
