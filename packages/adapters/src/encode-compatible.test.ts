import { expect, test } from 'vitest'
import { encodeCompatible } from './encode-compatible.ts'

test('older words stand for the newer ones', () => {
  const user = { role: 'user', content: 'hi' }
  const messages = [{ role: 'developer', content: 'Be brief.' }, user]
  expect(encodeCompatible({ model: 'm', max_completion_tokens: 5, messages })).toEqual({
    model: 'm',
    max_tokens: 5,
    messages: [{ role: 'system', content: 'Be brief.' }, user],
  })
})

test('a body that has none of them stays as it is', () => {
  const body = { model: 'm', max_tokens: 5, messages: [{ role: 'system', content: 'a' }] }
  expect(encodeCompatible(body)).toBe(body)
})
