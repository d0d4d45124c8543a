import { expect, test } from 'vitest'
import { toErrorMatrix } from './to-error-matrix.ts'

test('counts errors by provider and type, the most frequent type first', () => {
  const matrix = toErrorMatrix(
    ['openai', ''],
    [
      [
        { value: 'timeout', errors: 2 },
        { value: 'rate_limit', errors: 1 },
        { value: '', errors: 0 },
      ],
      [{ value: 'rate_limit', errors: 4 }],
    ],
  )
  expect(matrix.types).toEqual(['rate_limit', 'timeout'])
  expect(matrix.providers.map(({ label }) => label)).toEqual(['openai', 'before a provider'])
  expect([...matrix.counts]).toEqual([
    ['openai timeout', 2],
    ['openai rate_limit', 1],
    [' rate_limit', 4],
  ])
  expect(matrix.most).toBe(4)
})
