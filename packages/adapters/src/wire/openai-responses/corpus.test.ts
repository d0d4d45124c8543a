import { describe, expect, test } from 'vitest'
import type { ChatResponse } from '../../chat.ts'
import { objectOf, type JsonObject } from '../../json.ts'
import {
  chunksOf,
  citedUrls,
  collect,
  createContext,
  decodeStream,
  expectedFacts,
  factsOf,
  hasCorpus,
  readCorpus,
  type CorpusCase,
} from '../anthropic-messages/__fixtures__/corpus.ts'
import { openaiResponses } from '../openai-responses.ts'

const vendors = [
  'openai',
  'azure-openai',
  'xai',
  'deepseek',
  'bedrock',
  'openrouter',
  'custom-copilot',
  'custom-lmstudio',
  'custom-llamacpp',
]

const cases = vendors.flatMap((vendor) => readCorpus(vendor, 'openai.responses'))
const streams = cases.filter(({ response }) => response.sse !== undefined)
const failing = streams.filter(({ expect }) => expect.finishReason.native === 'failed')
const whole = cases.filter(({ response }) => response.body !== undefined)

const titled = (recorded: readonly CorpusCase[]) => recorded.map((one) => [one.id, one] as const)

/** The corpus names status and reason together. */
function expectFacts(recorded: CorpusCase, response: ChatResponse): void {
  const facts = factsOf(response)
  const { native, ...expected } = expectedFacts(recorded, facts)
  expect(facts).toMatchObject({ ...expected, native: String(native).replace('incomplete:', '') })
}

/** What stays the same when an answer is written and read again; ids of reasoning may become others. */
function lasting(response: ChatResponse): JsonObject {
  const { details, native: _, ...facts } = factsOf(response)
  const kinds = Array.isArray(details) ? details.map((detail) => objectOf(detail)?.['data'] ?? null) : []
  return { ...facts, encrypted: kinds.filter((data) => data !== null) }
}

describe.skipIf(!hasCorpus)('recorded Responses traffic', () => {
  test('is there', () => {
    expect(streams.length).toBeGreaterThan(40)
    expect(whole.length).toBeGreaterThan(60)
    expect(failing).toHaveLength(1)
  })

  test.each(titled(whole))('reads %s', (_, recorded) => {
    const { body = {} } = recorded.response
    const response = openaiResponses.parseResponse(body, createContext())
    expectFacts(recorded, response)
    expect(response.id).toBe(body['id'])
    const again = openaiResponses.formatResponse(response, createContext())
    expect(lasting(openaiResponses.parseResponse(again, createContext()))).toEqual(lasting(response))
  })

  test.each(titled(streams.filter((one) => !failing.includes(one))))('reads the stream %s', (_, recorded) => {
    const { sse = '' } = recorded.response
    const { items, finished } = decodeStream(openaiResponses, sse, 4096)
    const response = collect(chunksOf(items))
    expect(finished).toBe(true)
    expectFacts(recorded, response)
    for (const size of [1, 3, 7]) expect(decodeStream(openaiResponses, sse, size).items).toEqual(items)
    expect(decodeStream(openaiResponses, sse.slice(0, sse.length / 2), 4096).finished).toBe(false)

    const encoder = openaiResponses.createEncoder({ model: '', messages: [] }, createContext())
    const events = chunksOf(items)
      .map((chunk) => encoder.push(chunk))
      .join('')
    const again = collect(chunksOf(decodeStream(openaiResponses, events + encoder.end(), 4096).items))
    expect(lasting(again)).toEqual(lasting(response))
  })

  test.each(titled(streams.filter((one) => !failing.includes(one))))(
    'reads the last event of %s as the whole answer',
    (_, recorded) => {
      const { sse = '' } = recorded.response
      const [, last = '{}'] = /data: (\{[^\n]*"type":\s?"response\.(?:completed|incomplete)"[^\n]*)/.exec(sse) ?? []
      const body = objectOf(objectOf(JSON.parse(last))?.['response']) ?? {}
      const response = openaiResponses.parseResponse(body, createContext())
      expectFacts(recorded, response)
      const streamed = collect(chunksOf(decodeStream(openaiResponses, sse, 4096).items))
      const cited = citedUrls(streamed.choices[0]?.message.annotations)
      expect(cited).toEqual(citedUrls(response.choices[0]?.message.annotations))
      const alone = decodeStream(openaiResponses, `data: ${last}\n\n`, 4096)
      expect(lasting(collect(chunksOf(alone.items)))).toEqual(lasting(response))
    },
  )

  test.each(titled(failing))('reads the error of %s once', (_, recorded) => {
    const { items, finished } = decodeStream(openaiResponses, recorded.response.sse ?? '', 7)
    const errors = items.flatMap((item) => (item.type === 'error' ? [item.error] : []))
    expect(finished).toBe(true)
    expect(errors).toMatchObject([{ type: 'quota_exceeded', status: 429, code: 'insufficient_quota' }])
  })

  const requests = cases.filter(({ request }) => request?.body !== undefined && request.body['background'] !== true)
  test.each(titled(requests))('reads and writes the request of %s', (_, recorded) => {
    const body = recorded.request?.body ?? {}
    const request = openaiResponses.parseRequest(body, createContext())
    const again = openaiResponses.formatRequest(request, createContext(String(body['model'])))
    expect(again.warnings).toEqual([])
    expect(normal(again.body)).toEqual(normal(body))
  })
})

/** A request with the freedoms of the format taken out: nulls, a string for a message, a leading system message. */
function normal({ input, instructions, ...body }: JsonObject): JsonObject {
  const stated = Array.isArray(input) ? input : [{ role: 'user', content: input ?? '' }]
  const items = stated.map((item) => {
    const { type, ...rest } = objectOf(item) ?? {}
    const isPlain = rest['role'] === 'system' || rest['role'] === 'developer' || rest['role'] === 'user'
    const parts = Array.isArray(rest['content']) ? rest['content'] : []
    const texts = parts.map((part) =>
      objectOf(part)?.['type'] === 'input_text' ? objectOf(part)?.['text'] : undefined,
    )
    const [only] = texts
    const content = texts.length === 1 && typeof only === 'string' ? only : rest['content']
    return isPlain ? { ...rest, content: withDetail(content) } : { type: type ?? 'message', ...rest }
  })
  const system =
    typeof instructions === 'string' && instructions !== '' ? [{ role: 'system', content: instructions }] : []
  const stating = Object.entries(body).filter(([, value]) => value !== null && JSON.stringify(value) !== '[]')
  const tools = Array.isArray(body['tools']) ? body['tools'].map((tool) => withoutNulls(objectOf(tool) ?? {})) : []
  return JSON.parse(
    JSON.stringify({ ...Object.fromEntries(stating), tools, background: undefined, input: [...system, ...items] }),
  )
}

function withDetail(content: unknown): unknown {
  if (!Array.isArray(content)) return content
  return content.map((part) => {
    const isImage = objectOf(part)?.['type'] === 'input_image' && objectOf(part)?.['image_url'] !== undefined
    return isImage ? { detail: 'auto', ...objectOf(part) } : part
  })
}

const withoutNulls = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
