import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { scopeAllows } from './scope-allows.ts'

test.each([
  ['openai/*', 'openai/gpt-5', true],
  ['openai/*', 'OpenAI/GPT-5', true],
  ['OPENAI/*', 'openai/gpt-5', true],
  ['openai/*', 'azure-openai/gpt-5', false],
  ['openai/*', 'openai', false],
  ['*', '', true],
  ['*', 'anything at all', true],
  ['', '', true],
  ['', 'a', false],
  ['gpt-5', 'gpt-5', true],
  ['gpt-5', 'gpt-5-mini', false],
  ['gpt.5', 'gpt-5', false],
  ['gpt-?', 'gpt-5', false],
  ['[a-z]', 'b', false],
  ['*-mini', 'gpt-5-mini', true],
  ['*-mini', 'gpt-5-mini-2', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['ab*ba', 'aba', false],
  ['**', 'a', true],
  ['*aab', 'aaab', true],
  ['@cf/*/llama*', '@cf/meta/llama-3', true],
])('pattern %j on %j: %s', (pattern, value, allowed) => {
  expect(scopeAllows({ models: [pattern] }, { kind: 'models', value })).toBe(allowed)
})

test('an absent list allows everything, an empty one nothing, and lists do not mix', () => {
  expect(scopeAllows({ models: ['gpt-5'] }, { kind: 'providers', value: 'openai' })).toBe(true)
  expect(scopeAllows({ models: [] }, { kind: 'models', value: 'gpt-5' })).toBe(false)
  expect(scopeAllows({ models: ['a', 'gpt-5'] }, { kind: 'models', value: 'gpt-5' })).toBe(true)
})

test('says the same as a regular expression', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '*', '.'), maxLength: 8 })
  fc.assert(
    fc.property(letters, letters, (pattern, value) => {
      const expression = pattern.replaceAll('.', '\\.').replaceAll('*', '[^]*')
      const expected = new RegExp(`^${expression}$`, 'i').test(value)
      expect(scopeAllows({ models: [pattern] }, { kind: 'models', value })).toBe(expected)
    }),
    { numRuns: 2000 },
  )
})

test('a pattern of many stars does not take longer than it should', () => {
  const value = 'a'.repeat(200_000)
  expect(scopeAllows({ models: [`${'*a'.repeat(200)}*b`] }, { kind: 'models', value })).toBe(false)
})
