import type { ChatResponse } from '../../src/chat.ts'
import { isObject, parseObject } from '../../src/json.ts'
import { openaiCompatible } from '../../src/openai-compatible.ts'
import type { ProviderError } from '../../src/provider-error.ts'
import type { Provider } from '../../src/provider.ts'
import { chatVendors } from '../../src/providers/__fixtures__/chat-vendors.ts'
import { corpusVendors, readCorpus } from '../../src/providers/__fixtures__/corpus.ts'
import { speaking } from '../../src/providers/__fixtures__/speaking.ts'
import { awsBedrock } from '../../src/providers/aws-bedrock.ts'
import { createTestContext } from '../../src/testing/create-test-context.ts'
import type { ProviderFixture } from '../../src/testing/provider-fixture.ts'
import { answerOf, bytesOf, decodeBytes, readFixtureError } from '../../src/testing/read-fixture.ts'
import type { StreamItem, WireFormat } from '../../src/wire-format.ts'
import { openaiCompletions } from '../../src/wire/openai-completions.ts'
import { openaiResponses } from '../../src/wire/openai-responses.ts'

/** What a provider once answered, in canonical form. */
export interface RecordedAnswer {
  name: string
  vendor: string
  response: ChatResponse
  /** The stream that the answer came in. */
  items?: readonly StreamItem[]
}

export interface RecordedError {
  name: string
  error: ProviderError
}

interface Recording {
  vendor: string
  provider: Provider & { wire: WireFormat }
  fixture: ProviderFixture
}

const claude = /\.claude-(?!instant|v2)/

const recordings: readonly Recording[] = [
  ...chatVendors.flatMap(([vendor, api, provider]) => recordingsOf(vendor, provider, readCorpus(vendor, api))),
  ...recordingsOf(
    'bedrock',
    speaking(awsBedrock, 'anthropic.claude', 'anthropic-messages'),
    readCorpus('bedrock', 'bedrock.invoke', claude),
  ),
  ...recordingsIn('openai.responses', openaiResponses),
  ...recordingsIn('openai.completions', openaiCompletions),
]

function recordingsIn(api: string, wire: WireFormat): Recording[] {
  return corpusVendors(api).flatMap((vendor) => {
    const provider = { ...openaiCompatible({ id: vendor, baseURL: 'https://api.example.com/v1' }), wire }
    return recordingsOf(vendor, provider, readCorpus(vendor, api))
  })
}

function recordingsOf(vendor: string, provider: Provider, fixtures: readonly ProviderFixture[]): Recording[] {
  const { wire } = provider
  if (!wire) throw new TypeError(`"${provider.id}" has no chat dialect.`)
  return fixtures.map((fixture) => ({ vendor, provider: { ...provider, wire }, fixture }))
}

/** Every recorded chat that was answered. */
export const recordedAnswers: readonly RecordedAnswer[] = recordings
  .filter(({ fixture }) => !fixture.expect.error)
  .map(toAnswer)

/** Every recorded chat that failed. */
export const recordedErrors: readonly RecordedError[] = recordings.flatMap(({ provider, fixture }) => {
  const error = fixture.expect.error && readFixtureError(fixture, provider)
  return error ? [{ name: fixture.name, error }] : []
})

function toAnswer({ vendor, provider: { wire, repair }, fixture }: Recording): RecordedAnswer {
  const { name, body = '' } = fixture
  const stream = bytesOf(fixture)
  if (stream) {
    const { items } = decodeBytes(stream, { wire, ...(repair && { repair }) })
    return { name, vendor, response: answerOf(items), items }
  }
  const parsed = isObject(body) ? body : (parseObject(body) ?? {})
  return { name, vendor, response: wire.parseResponse(repair?.(parsed) ?? parsed, createTestContext()) }
}
