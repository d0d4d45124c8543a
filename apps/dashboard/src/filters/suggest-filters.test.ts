import { expect, test } from 'vitest'
import { suggestFilters } from './suggest-filters.ts'

const wordsFor = (word: string, facet: Parameters<typeof suggestFilters>[1] = []): string[] =>
  suggestFilters(word, facet).map((suggestion) => suggestion.word)

test('offers the keys that begin so', () => {
  expect(wordsFor('pro')).toEqual(['provider:', 'provider_key:'])
  expect(wordsFor('-us')).toEqual(['-user:'])
})

test('offers the values that rows have, then those that there are', () => {
  const facet = [
    { value: 'timeout', requests: 3 },
    { value: null, requests: 9 },
  ]
  expect(wordsFor('error:t', facet)).toEqual(['error:timeout'])
  expect(wordsFor('status:')).toEqual(['status:ok', 'status:error'])
  expect(suggestFilters('error:n', facet)).toEqual([{ word: 'error:none', note: '9 requests' }])
})

test('values with spaces are quoted', () => {
  expect(wordsFor('meta.team:', [{ value: 'a team', requests: 1 }])).toEqual(['meta.team:"a team"'])
})

test('what is no key has no values', () => {
  expect(wordsFor('http:')).toEqual([])
})
