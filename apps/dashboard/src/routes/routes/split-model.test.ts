import { expect, test } from 'vitest'
import { splitModel } from './split-model.ts'

test('parts a name at its first slash', () => {
  expect(splitModel('groq/openai/gpt-oss-20b')).toEqual({ provider: 'groq', model: 'openai/gpt-oss-20b' })
  expect(splitModel('openai')).toEqual({ provider: 'openai', model: '' })
})
