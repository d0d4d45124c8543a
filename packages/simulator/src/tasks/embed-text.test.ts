import { expect, test } from 'vitest'
import { embedText } from './embed-text.ts'

test('a vector counts characters', () => {
  // a, b and c are 97, 98 and 99: 1, 2 and 3 modulo 4.
  expect(embedText('abca', 4)).toEqual([0, 2, 1, 1])
  expect(embedText('')).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
})
