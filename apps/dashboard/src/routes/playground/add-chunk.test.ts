import { expect, test } from 'vitest'
import { addChunk } from './add-chunk.ts'
import { noAnswer } from './answer.ts'

const delta = (value: object) => ({ choices: [{ index: 0, delta: value }] })

test('pieces of a text, its thoughts, its end and its usage make one answer', () => {
  const answer = [
    delta({ role: 'assistant', content: '' }),
    delta({ reasoning_content: 'Hm' }),
    delta({ content: 'Hello' }),
    delta({ content: ' you' }),
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    { choices: [], usage: { prompt_tokens: 4, completion_tokens: 2, cost: 0.5 } },
  ].reduce(addChunk, noAnswer)
  expect(answer).toEqual({
    ...noAnswer,
    text: 'Hello you',
    thinking: 'Hm',
    finish: 'stop',
    inputTokens: 4,
    outputTokens: 2,
    cost: 0.5,
  })
})

test('pieces of two tool calls are put together, each with its own', () => {
  const call = (index: number, rest: object) => delta({ tool_calls: [{ index, ...rest }] })
  const { toolCalls } = [
    call(0, { id: 'a', function: { name: 'find', arguments: '' } }),
    call(0, { function: { arguments: '{"q"' } }),
    call(1, { id: 'b', function: { name: 'open', arguments: '{}' } }),
    call(0, { function: { arguments: ':1}' } }),
  ].reduce(addChunk, noAnswer)
  expect(toolCalls).toEqual([
    { id: 'a', name: 'find', arguments: '{"q":1}' },
    { id: 'b', name: 'open', arguments: '{}' },
  ])
})

test('an error in the stream fails the answer and keeps what was said', () => {
  const answer = [delta({ content: 'He' }), { error: { message: 'The provider closed the stream.' } }].reduce(
    addChunk,
    noAnswer,
  )
  expect(answer).toMatchObject({ state: 'failed', text: 'He', error: 'The provider closed the stream.' })
})

test('what is no chunk changes nothing', () => {
  expect(addChunk(noAnswer, 'x')).toBe(noAnswer)
})
