import { expect, test } from 'vitest'
import { tokensOf } from './tokens-of.ts'

test('adds up the classes that go in and those that come out, and no other units', () => {
  expect(tokensOf({ input: 10, cache_read: 5, output: 3, reasoning: 4, characters: 900 })).toEqual({
    input: 15,
    output: 7,
  })
})
