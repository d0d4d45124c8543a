import type { ChatResponse } from '../chat.ts'
import { isObject, parseObject, type JsonObject } from '../json.ts'
import type { Provider } from '../provider.ts'
import type { WireFormat } from '../wire-format.ts'
import { callerFormats } from './caller-formats.ts'
import { checkAnswer } from './check-answer.ts'
import { checkRequest } from './check-request.ts'
import { createTestContext } from './create-test-context.ts'
import { reencodeAnswer, reencodeStream } from './encode-answer.ts'
import { factsOf, statedOf } from './facts-of.ts'
import { isPlausible } from './is-plausible.ts'
import type { FixtureExpectation, ProviderFixture, TestRunner } from './provider-fixture.ts'
import { answerOf, bytesOf, decodeBytes, readFixtureError, type Decoded } from './read-fixture.ts'

/**
 * The contract that every chat provider keeps, as tests: its answers become canonical ones that obey all rules and say
 * what the fixtures say, in whatever pieces the bytes arrive; they survive in every caller's format; its errors are
 * known for what they are; and a request in every caller's format can be written for it.
 * @throws TypeError when the provider has no chat dialect.
 * @example
 * import { testProvider } from '@gw/adapters/testing'
 * import { expect, test } from 'vitest'
 *
 * testProvider(acme, [{
 *   name: 'says hello',
 *   streaming: false,
 *   body: { choices: [{ message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }] },
 *   expect: { text: 'Hello', finishReason: 'stop' },
 * }], { test, expect })
 */
export function testProvider(provider: Provider, fixtures: readonly ProviderFixture[], runner: TestRunner): void {
  const { wire } = provider
  if (wire === undefined) throw new TypeError(`Provider "${provider.id}" has no chat dialect to test.`)
  const chat = { ...provider, wire }

  for (const caller of callerFormats) {
    runner.test(`${provider.id} takes requests of ${caller.format.id} callers`, () => checkRequest(caller, chat))
  }
  for (const fixture of fixtures) {
    runner.test(`${provider.id} ${fixture.streaming ? 'streams' : 'answers'}: ${fixture.name}`, () => {
      if (fixture.expect.error) return checkError(fixture, { provider: chat, runner })
      const stream = bytesOf(fixture)
      return stream
        ? checkStream(stream, { expected: fixture.expect, provider: chat, runner })
        : checkBody(fixture, { provider: chat, runner })
    })
  }
}

interface Subject {
  provider: Provider & { wire: WireFormat }
  runner: TestRunner
}

function checkError(fixture: ProviderFixture, { provider, runner }: Subject): void {
  const error = readFixtureError(fixture, provider)
  runner.expect(error && { type: error.type, status: error.status }).toEqual(fixture.expect.error)
  if (error?.message === '') throw new Error('The error has no message.')
}

function checkBody({ body = '', expect: expected }: ProviderFixture, { provider, runner }: Subject): void {
  const parsed: JsonObject | undefined = isObject(body) ? body : parseObject(body)
  if (parsed === undefined) throw new Error('The body of the fixture is no JSON object.')
  const response = provider.wire.parseResponse(provider.repair?.(parsed) ?? parsed, createTestContext())
  checkAnswer(response)
  runner.expect(statedOf(factsOf(response), expected)).toEqual(expected)
  for (const { format } of callerFormats) {
    checkSame(response, { again: reencodeAnswer(response, format), format, runner })
  }
}

/** Sizes at which the bytes are cut: within characters, within line ends, within events, between them. */
const sizes = [1, 3, 7]

interface StreamSubject extends Subject {
  expected: FixtureExpectation
}

function checkStream(stream: Uint8Array, { expected, provider, runner }: StreamSubject): void {
  const { wire, repair } = provider
  const options = { wire, ...(repair && { repair }) }
  const { items, finished } = decodeBytes(stream, options)
  if (!finished) throw new Error('The stream is complete, but the decoder does not say so.')
  const response = answerOf(items)
  checkAnswer(response)
  runner.expect(statedOf(factsOf(response), expected)).toEqual(expected)
  for (const size of sizes) runner.expect(decodeBytes(stream, { ...options, size }).items).toEqual(items)
  checkCut(decodeBytes(stream, { ...options, share: 0.4 }))
  for (const { format } of callerFormats) {
    checkSame(response, { again: reencodeStream(items, format), format, runner })
  }
}

/** Two fifths of a stream are no whole one, unless even they say how it ends. */
function checkCut({ items, finished }: Decoded): void {
  const choices = items.flatMap((item) => (item.type === 'chunk' ? item.chunk.choices : []))
  const isEnded = choices.some(({ finish_reason }) => finish_reason !== null)
  if (finished && !isEnded) throw new Error('A stream that was cut counts as complete.')
}

interface Comparison {
  again: ChatResponse
  format: WireFormat
  runner: TestRunner
}

/**
 * What a caller of another format hears is what the provider said. Images and refusals become text where a format has
 * no other words, a refusal may be the reason why an answer ended, and arguments that were cut are lost where they would
 * have to be JSON.
 */
function checkSame(response: ChatResponse, { again, format, runner }: Comparison): void {
  const { usage, ...rest } = again
  checkAnswer(isPlausible(response) && usage ? { ...rest, usage } : rest)
  runner
    .expect({ format: format.id, ...coreOf(again, response) })
    .toEqual({ format: format.id, ...coreOf(response, response) })
}

function coreOf(answer: ChatResponse, original: ChatResponse): object {
  const { text = '', toolCalls = [], finishReason, usage } = factsOf(answer)
  const { toolCalls: words = [] } = factsOf(original)
  const said = original.choices[0]?.message
  const refusal = answer.choices[0]?.message.refusal ?? ''
  return {
    ...(!said?.images?.length && { text: text || refusal }),
    toolCalls: toolCalls.map((call, index) => (typeof words[index]?.arguments === 'string' ? call.name : call)),
    ...(!said?.refusal && { finishReason }),
    ...(isPlausible(original) && { usage: { input: usage?.input, output: usage?.output } }),
  }
}
