import { expect, test } from 'vitest'
import { formatSearch, parseSearch } from './url-search.ts'

test('values are text, whatever they look like', () => {
  expect(parseSearch('?log=0123&q=cost:%3E1+a')).toEqual({ log: '0123', q: 'cost:>1 a' })
})

test('an address stays readable, and reads the same', () => {
  const search = { range: '7d', q: 'model:openai/gpt-4o,x cost:>0.01 "a&b"', log: undefined, tab: '' }
  const text = formatSearch(search)
  expect(text).toBe('?range=7d&q=model:openai/gpt-4o,x+cost:%3E0.01+%22a%26b%22')
  expect(parseSearch(text)).toEqual({ range: '7d', q: search.q })
  expect(formatSearch({})).toBe('')
})
