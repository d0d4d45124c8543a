import { expect, test } from 'vitest'
import { parseQuery } from '../../filters/parse-query.ts'
import { isGroupKey, labelOfDimension, whyUnanswerable } from './dimensions.ts'

const why = (text: string, groupBy?: string): string | undefined => {
  const { filters, words } = parseQuery(text)
  return whyUnanswerable(filters, words, groupBy)
}

test.each([
  ['', 'model'],
  ['provider:openai -user:none model:~gpt', 'gateway_key_id'],
  ['meta.team:search gateway:default', 'metadata.team'],
])('numbers are kept for "%s" by %s', (text, groupBy) => {
  expect(why(text, groupBy)).toBeUndefined()
})

test.each([
  ['status:error', undefined],
  ['cost:>1', undefined],
  ['slow answers', undefined],
  ['meta.team:search', 'model'],
  ['meta.team:search meta.app:web', undefined],
])('but not for "%s" by %s', (text, groupBy) => {
  expect(why(text, groupBy)).toContain('logs')
})

test('metadata is named without its prefix', () => {
  expect(labelOfDimension('metadata.team')).toBe('team')
  expect(labelOfDimension('gateway_key_id')).toBe('Gateway key')
  expect(isGroupKey('metadata.')).toBe(false)
})
