import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchesPattern } from './matches-pattern.ts'

test.each([
  ['openai', 'openai/gpt-5', true],
  ['openai', 'azure-openai/gpt-5', false],
  ['*openai', 'azure-openai/gpt-5', true],
  ['*', 'openai/gpt-5', true],
  ['gpt-5', 'openai/gpt-5', false],
  ['openai/gpt-5', 'OpenAI/GPT-5', true],
  ['openai/gpt-5', 'openai/gpt-5-mini', false],
  ['openai/gpt-*', 'openai/gpt-5-mini', true],
  ['*/gpt-*-mini', 'openai/gpt-5-mini', true],
  ['*/gpt-*-mini', 'openai/gpt-mini', false],
  ['workers-ai/@cf/meta/*', 'workers-ai/@cf/meta/llama-4', true],
  ['*/llama*', 'workers-ai/@cf/meta/llama-4', true],
  ['a/*bc*bc', 'a/bc', false],
  ['a/*bc*bc', 'a/bcbc', true],
  ['a/b**', 'a/b', true],
  ['a/.*', 'a/b', false],
  ['', 'openai/gpt-5', false],
])('%s names %s: %s', (pattern, id, expected) => {
  expect(matchesPattern(pattern, id)).toBe(expected)
})

test('says what a regular expression says', () => {
  const texts = fc.array(fc.constantFrom('a', 'b', '/'), { maxLength: 8 }).map((letters) => `x/${letters.join('')}`)
  const patterns = fc
    .array(fc.constantFrom('a', 'b', '/', '*'), { maxLength: 8 })
    .map((letters) => `x/${letters.join('')}`)
  fc.assert(
    fc.property(patterns, texts, (pattern, id) => {
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(id)
      expect(matchesPattern(pattern, id)).toBe(expected)
    }),
    { numRuns: 2000 },
  )
})
