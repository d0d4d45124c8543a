import { describe, expect, test } from 'vitest'
import { hasCorpus, readTasks } from '../../tasks/__fixtures__/task-corpus.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { answerOf, decodeText } from '../../testing/read-fixture.ts'
import { reencodeAnswer, reencodeStream } from '../../testing/encode-answer.ts'
import { openaiCompletions } from '../openai-completions.ts'

const context = createTestContext()
const parse = (body: object) => openaiCompletions.parseRequest({ model: 'm', ...body }, context)

test('a prompt is one user message', () => {
  expect(parse({ prompt: ['Say hi'], max_tokens: 5, stop: 'x', logprobs: 2, best_of: 3 })).toEqual({
    model: 'm',
    messages: [{ role: 'user', content: 'Say hi' }],
    max_completion_tokens: 5,
    stop: ['x'],
    logprobs: true,
    top_logprobs: 2,
    extra: { best_of: 3 },
    extra_format: 'openai-completions',
  })
})

test.each([
  [{ prompt: [1, 2] }, /of tokens/],
  [{ prompt: [[1, 2]] }, /of tokens/],
  [{ prompt: ['a', 'b'] }, /Several prompts/],
  [{ prompt: 'a', echo: true }, /`echo`/],
  [{ prompt: 'a', suffix: 'b' }, /`suffix`/],
  [{}, /`prompt` must be/],
])('%j is an error, not a guess', (body, message) => {
  expect(() => parse(body)).toThrow(message)
})

test('a conversation becomes a transcript that the assistant is to continue', () => {
  const { body } = openaiCompletions.formatRequest(
    {
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: [{ type: 'text', text: 'Bye' }] },
      ],
      max_completion_tokens: 9,
    },
    context,
  )
  expect(body).toEqual({
    model: 'the-model',
    prompt: 'Be brief.\n\nUser: Hi\n\nAssistant: Hello\n\nUser: Bye\n\nAssistant:',
    max_tokens: 9,
  })
})

test('what it cannot do is an error', () => {
  const messages = [{ role: 'user' as const, content: 'Hi' }]
  const tools = [{ type: 'function' as const, function: { name: 'f' } }]
  expect(() => openaiCompletions.formatRequest({ model: 'm', messages, tools }, context)).toThrow(/cannot call tools/)
})

const cases = readTasks('openai.completions').map((recorded) => [recorded.id, recorded] as const)
const whole = cases.filter(([, { response }]) => response.sse === undefined)
const streamed = cases.filter(([, { response }]) => response.sse !== undefined)

describe.skipIf(!hasCorpus)(`recordings${hasCorpus ? '' : ' (skipped: ../shared/corpus is not there)'}`, () => {
  test.each(streamed)('%s streams what was recorded, however the bytes are cut', (_, { response, expect: facts }) => {
    const sse = response.sse ?? ''
    const decoded = decodeText(sse, { wire: openaiCompletions })
    const answer = answerOf(decoded.items)
    expect(decoded.finished).toBe(true)
    expect(answer.choices.map(({ message }) => message.content)).toEqual(facts.perChoice ?? [facts.text])
    expect(reencodeStream(decoded.items, openaiCompletions).choices).toEqual(answer.choices)
    for (const size of [1, 3, 7]) {
      expect(decodeText(sse, { wire: openaiCompletions, size }).items).toEqual(decoded.items)
    }
  })

  test.each(whole)('%s says what was recorded, also to callers of the format', (_, { response, expect: facts }) => {
    const answer = openaiCompletions.parseResponse(response.body ?? {}, context)
    expect(answer.choices.map(({ message }) => message.content)).toEqual(facts.perChoice ?? [facts.text])
    expect(answer.choices[0]?.finish_reason).toBe(facts.finishReason?.openai)
    expect(answer.usage?.prompt_tokens).toBe(facts.usage?.input)
    const again = reencodeAnswer(answer, openaiCompletions)
    expect(again.choices.map(({ message, finish_reason }) => [message.content, finish_reason])).toEqual(
      answer.choices.map(({ message, finish_reason }) => [message.content, finish_reason]),
    )
  })

  test('log probabilities keep their numbers', () => {
    const recorded = readTasks('openai.completions').find(({ id }) => id === 'openai.completions.unary.stop.c58d823')
    const body = recorded?.response.body ?? {}
    const written = openaiCompletions.formatResponse(openaiCompletions.parseResponse(body, context), context)
    const logprobsOf = (answer: object) => JSON.parse(JSON.stringify(answer)).choices[0].logprobs
    expect(logprobsOf(written)).toEqual({ ...logprobsOf(body), text_offset: logprobsOf(written).text_offset })
  })
})
