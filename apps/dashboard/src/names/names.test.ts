import { expect, test } from 'vitest'
import { createNames } from './names.ts'

const names = createNames({ user_id: [{ id: 'u1', name: 'Ann' }], gateway_key_id: undefined })

test.each([
  ['user_id', 'u1', 'Ann'],
  ['user_id', 'u2', 'u2'],
  ['user_id', '01a201f5-7f45-7000-8085-45ac20c40b41', '01a201f5…'],
  ['user_id', '', 'nobody'],
  ['error_type', null, 'no error'],
  ['metadata.team', '', 'none'],
  ['model', 'openai/gpt-4o', 'openai/gpt-4o'],
])('%s %s is %s', (key, value, name) => {
  expect(names(key, value)).toBe(name)
})
