import { expect, test } from 'vitest'
import { isOutputOnly } from './is-output-only.ts'

const chunk = (delta: object, rest: object = {}): string =>
  JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason: null }], ...rest })

test('text, reasoning and pieces of tool calls are output and nothing else', () => {
  expect(isOutputOnly(chunk({ content: 'hi' }))).toBe(true)
  expect(isOutputOnly(chunk({ content: 'hi' }, { usage: null }))).toBe(true)
  expect(isOutputOnly(chunk({ tool_calls: [{ index: 0, function: { arguments: '{' } }] }))).toBe(true)
})

test('what a reader must not miss is not', () => {
  expect(isOutputOnly(chunk({ content: 'hi' }, { usage: { prompt_tokens: 1 } }))).toBe(false)
  expect(isOutputOnly(chunk({}, { error: { message: 'x' } }))).toBe(false)
  expect(isOutputOnly('{"choices":[{"delta":{},"finish_reason":"stop"}]}')).toBe(false)
  expect(isOutputOnly('{"choices":[],"usage":{"prompt_tokens":1}}')).toBe(false)
  expect(isOutputOnly('[DONE]')).toBe(false)
})

test('text that looks like structure does not pass for it', () => {
  const ending = { choices: [{ index: 0, delta: { content: '"finish_reason":null' }, finish_reason: 'stop' }] }
  expect(isOutputOnly(JSON.stringify(ending))).toBe(false)
})
