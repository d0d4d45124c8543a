import { expect, test } from 'vitest'
import { parseLimit } from './parse-limit.ts'

test('an empty field is no limit, and 0 is one', () => {
  expect([parseLimit(''), parseLimit('  '), parseLimit('0'), parseLimit('1000')]).toEqual([null, null, 0, 1000])
})
