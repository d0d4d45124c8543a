import { describe, expect, test } from 'vitest'
import type { ChatChunk } from '../../src/chat.ts'
import type { ProviderError } from '../../src/provider-error.ts'
import { hasCorpus } from '../../src/providers/__fixtures__/corpus.ts'
import { createTestContext } from '../../src/testing/create-test-context.ts'
import { encodeStream } from '../../src/testing/encode-answer.ts'
import type { CallerError } from '../../src/wire-format.ts'
import { deafToStreamErrors, exemptions, hears, uncompared } from './exemptions.ts'
import { expectedOf } from './expected-of.ts'
import { answerWith, inPieces, streamWith } from './fake-fetch.ts'
import { recordedAnswers, recordedErrors, type RecordedAnswer } from './recorded-answers.ts'
import type { HeardAnswer, SdkClient } from './sdk-client.ts'
import { sdkClients } from './sdk-clients.ts'

const whole = recordedAnswers.filter(({ items }) => !items)
const streamed = recordedAnswers.filter(({ items }) => items)
/** Those whose bytes arrive in small pieces. */
const sample = streamed.filter((_, index) => index % 10 === 0)

const titled = <T extends { name: string }>(recorded: readonly T[]) => recorded.map((one) => [one.name, one] as const)

/** What was heard of an answer, and what should have been. */
function compare(heard: HeardAnswer, recorded: RecordedAnswer, client: SdkClient): [HeardAnswer, HeardAnswer] {
  const usage = Object.fromEntries(Object.entries(heard.usage).map(([field, count]) => [field, count ?? 0]))
  const said = { ...heard, usage }
  const ignored = Object.fromEntries(uncompared(client, recorded).map((field) => [field, said[field]]))
  return [said, { ...expectedOf(recorded.response, said, client), ...ignored }]
}

function streamTo({ format, asked }: SdkClient, { items = [] }: RecordedAnswer): string {
  return encodeStream(items, format, asked)
}

function toCallerError({ type, status, message, code, param }: ProviderError): CallerError {
  return { type, status, message, ...(code !== undefined && { code }), ...(param !== undefined && { param }) }
}

const opening: ChatChunk = {
  id: 'c1',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'the-model',
  choices: [{ index: 0, delta: { role: 'assistant', content: 'So' }, finish_reason: null }],
}

const thrownBy = (answer: Promise<HeardAnswer>): Promise<unknown> =>
  answer.then(
    () => undefined,
    (error: unknown) => error,
  )

const encodeText = (text: string): Uint8Array => new TextEncoder().encode(text)

const clients = sdkClients.map((client) => [client.format.id, client.name, client] as const)

describe.skipIf(!hasCorpus)(`official clients${hasCorpus ? '' : ' (skipped: ../shared/corpus is not there)'}`, () => {
  test('have all recordings to hear', () => {
    expect(whole.length).toBeGreaterThanOrEqual(400)
    expect(streamed.length).toBeGreaterThanOrEqual(300)
    expect(recordedErrors.length).toBeGreaterThanOrEqual(70)
  })

  test.each(exemptions)('exempt: $reason', ({ of }) => {
    expect(recordedAnswers.some(of)).toBe(true)
  })

  describe.each(clients)('%s, %s', (_, __, client) => {
    const { format, asked } = client
    const request = { model: 'the-model', messages: [], ...asked }
    const errorsOfStreams = deafToStreamErrors.includes(client) ? [] : recordedErrors
    const heardBy = (recorded: readonly RecordedAnswer[]) => titled(recorded.filter((one) => hears(client, one)))

    test.each(heardBy(whole))('hears %s', async (_, recorded) => {
      const body = format.formatResponse(recorded.response, createTestContext(), request)
      const [said, expected] = compare(await client.answer(answerWith(body)), recorded, client)
      expect(said).toEqual(expected)
    })

    test.each(heardBy(streamed))('hears the stream %s', async (_, recorded) => {
      const pieces = inPieces(streamTo(client, recorded), 4096)
      const [said, expected] = compare(await client.stream(streamWith(pieces, format)), recorded, client)
      expect(said).toEqual(expected)
    })

    test.each(heardBy(sample))('hears the stream %s in pieces', async (_, recorded) => {
      const text = streamTo(client, recorded)
      for (const size of [1, 3, 7]) {
        const heard = await client.stream(streamWith(inPieces(text, size), format))
        const [said, expected] = compare(heard, recorded, client)
        expect(said).toEqual(expected)
      }
    })

    test.each(titled(recordedErrors))('throws %s', async (_, { error }) => {
      const body = format.formatError(toCallerError(error))
      const thrown = client.readError(await thrownBy(client.answer(answerWith(body, error.status))))
      const { status, message } = error
      expect(thrown).toEqual({ status, message, ...(client.codeOf && { code: client.codeOf(body) }) })
    })

    test.each(titled(errorsOfStreams))('throws %s within a stream', async (_, { error }) => {
      const encoder = format.createEncoder(request, createTestContext())
      const events = [encoder.push(opening), encoder.error(toCallerError(error))]
      const thrown = await thrownBy(client.stream(streamWith(events.map(encodeText), format)))
      expect(client.readStreamError?.(thrown) ?? client.readError(thrown).message).toBe(error.message)
    })
  })
})
