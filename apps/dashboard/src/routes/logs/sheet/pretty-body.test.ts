import { expect, test } from 'vitest'
import { prettyBody } from './pretty-body.ts'

test('JSON is indented, a stream of events is left alone', () => {
  expect(prettyBody('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}')
  expect(prettyBody('data: {"a":1}\n\n')).toBe('data: {"a":1}\n\n')
})
