import { expect, test } from 'vitest'
import { formatQuery } from './format-query.ts'
import { parseQuery } from './parse-query.ts'

test('reads conditions and free words', () => {
  expect(parseQuery('provider:openai status:error cost:>0.01 meta.team:search -user:ann free words')).toEqual({
    filters: [
      { key: 'provider', operator: 'eq', value: ['openai'] },
      { key: 'status', operator: 'eq', value: ['error'] },
      { key: 'cost', operator: 'gt', value: [0.01] },
      { key: 'metadata.team', operator: 'eq', value: ['search'] },
      { key: 'user_id', operator: 'neq', value: ['ann'] },
    ],
    words: 'free words',
  })
})

test.each([
  ['duration:>2s', { key: 'duration_ms', operator: 'gt', value: [2000] }],
  ['ttft:<350ms', { key: 'ttft_ms', operator: 'lt', value: [350] }],
  ['duration:>1m', { key: 'duration_ms', operator: 'gt', value: [60_000] }],
  ['cost:<$1.5', { key: 'cost', operator: 'lt', value: [1.5] }],
  ['provider:openai,anthropic', { key: 'provider', operator: 'eq', value: ['openai', 'anthropic'] }],
  ['model:~gpt', { key: 'model', operator: 'contains', value: ['gpt'] }],
  ['user:none', { key: 'user_id', operator: 'eq', value: [null] }],
  ['feedback:down', { key: 'feedback', operator: 'eq', value: [-1] }],
  ['stream:true', { key: 'stream', operator: 'eq', value: [true] }],
  ['metadata.app:"two words, quoted"', { key: 'metadata.app', operator: 'eq', value: ['two words, quoted'] }],
  ['model:"a \\"b\\""', { key: 'model', operator: 'eq', value: ['a "b"'] }],
  ['gateway_key_id:k1', { key: 'gateway_key_id', operator: 'eq', value: ['k1'] }],
])('%s is one condition', (text, filter) => {
  expect(parseQuery(text)).toEqual({ filters: [filter], words: '' })
})

test.each([
  'colour:red',
  'cost:>much',
  'provider:>a',
  'provider:',
  '-cost:>1',
  'cost:>1,2',
  'http://a.b',
  'stream:maybe',
])('%s is a free word', (text) => {
  expect(parseQuery(text)).toEqual({ filters: [], words: text })
})

test('what is formatted reads the same, in the shortest words', () => {
  const text =
    'provider:openai,anthropic model:~gpt cost:>0.01 duration:>2s ttft:<350ms -user:ann meta.team:"two words" user:none feedback:up free words'
  expect(formatQuery(parseQuery(text))).toBe(text)
})

test.each([
  { filters: [], words: 'a "provider:x" b' },
  { filters: [{ key: 'user_id', operator: 'eq' as const, value: ['none'] }], words: '' },
  { filters: [{ key: 'model', operator: 'eq' as const, value: ['-odd', 'a,b', '>c', 'd\\"e'] }], words: '' },
  { filters: [{ key: 'provider', operator: 'neq' as const, value: [null, 'x'] }], words: 'x y' },
])('%o survives being written and read', (query) => {
  const read = parseQuery(formatQuery(query))
  expect(read.filters).toEqual(query.filters)
  expect(parseQuery(formatQuery(read))).toEqual(read)
})
