import { expect, test } from 'vitest'
import { suggest } from './suggest.ts'

const all = ['openai/gpt-4o', 'openai/gpt-4o-mini', 'azure/gpt-4o', 'auto'].map((value) => ({ value }))
const names = (typed: string, limit?: number): string[] => suggest(all, typed, limit).map(({ value }) => value)

test('all words must occur, in any order and case', () => {
  expect(names('MINI openai')).toEqual(['openai/gpt-4o-mini'])
  expect(names('claude')).toEqual([])
})

test('what begins with the text comes first, and nothing typed is everything', () => {
  expect(names('a')).toEqual(['azure/gpt-4o', 'auto', 'openai/gpt-4o', 'openai/gpt-4o-mini'])
  expect(names('', 2)).toEqual(['openai/gpt-4o', 'openai/gpt-4o-mini'])
})
