import type {
  EmbeddingModelV4,
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import { expect, test } from 'vitest'
import { createSseDecoder } from '../decode-stream.ts'
import { parseObject, type JsonObject } from '../json.ts'
import type { Provider } from '../provider.ts'
import { fromAiSdk } from './from-ai-sdk.ts'

const usage = {
  inputTokens: { total: 10, noCache: 6, cacheRead: 4, cacheWrite: undefined },
  outputTokens: { total: 5, text: 3, reasoning: 2 },
}
const stop = { unified: 'stop' as const, raw: 'end_turn' }
const signed = { providerMetadata: { acme: { signature: 's1' } } }

interface Played {
  content?: Awaited<ReturnType<LanguageModelV4['doGenerate']>>['content']
  parts?: LanguageModelV4StreamPart[]
  error?: Error
}

/** A model that answers what it is told, and what it was asked. */
function play({ content = [], parts = [], error }: Played) {
  const asked: LanguageModelV4CallOptions[] = []
  const model: LanguageModelV4 = {
    specificationVersion: 'v4',
    provider: 'acme.chat',
    modelId: 'm-1',
    supportedUrls: {},
    doGenerate: async (options) => {
      asked.push(options)
      if (error) throw error
      return { content, finishReason: stop, usage, warnings: [] }
    },
    doStream: async (options) => {
      asked.push(options)
      if (error) throw error
      return { stream: ReadableStream.from(parts) }
    },
  }
  return { model, asked }
}

async function post(provider: Provider, body: JsonObject, path = '/chat/completions'): Promise<Response> {
  const request = new Request(`${provider.origin}${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-1' },
    body: JSON.stringify(body),
  })
  const response = await provider.fetch?.(request)
  if (!response) throw new Error('The provider does not answer.')
  return response
}

const tool = { type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: {} } } }
const conversation = [
  { role: 'system', content: 'Be brief.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'Look' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
    ],
  },
  {
    role: 'assistant',
    content: 'I will look.',
    reasoning_details: [
      { type: 'reasoning.text', text: 'Hm.', signature: '{"acme":{"signature":"s1"}}', format: 'ai-sdk' },
    ],
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } }],
  },
  { role: 'tool', tool_call_id: 'c1', content: 'cold' },
]

test('a conversation reaches the model whole', async () => {
  const { model, asked } = play({})
  await post(fromAiSdk(model), {
    model: 'm-1',
    messages: conversation,
    tools: [tool],
    tool_choice: { type: 'function', function: { name: 'get_weather' } },
    max_tokens: 9,
    temperature: 0,
    stop: ['END'],
    seed: 1,
    reasoning_effort: 'low',
    response_format: { type: 'json_schema', json_schema: { name: 'r', schema: { type: 'object' } } },
  })
  expect(asked[0]).toMatchObject({
    prompt: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'aGk=' } },
          { type: 'file', mediaType: 'image/*', data: { type: 'url', url: new URL('https://example.com/a.png') } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm.', providerOptions: { acme: { signature: 's1' } } },
          { type: 'text', text: 'I will look.' },
          { type: 'tool-call', toolCallId: 'c1', toolName: 'get_weather', input: { city: 'Oslo' } },
        ],
      },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', toolCallId: 'c1', toolName: 'get_weather', output: { type: 'text', value: 'cold' } },
        ],
      },
    ],
    maxOutputTokens: 9,
    temperature: 0,
    stopSequences: ['END'],
    seed: 1,
    reasoning: 'low',
    responseFormat: { type: 'json', name: 'r', schema: { type: 'object' } },
    tools: [{ type: 'function', name: 'get_weather' }],
    toolChoice: { type: 'tool', toolName: 'get_weather' },
  })
})

test('an answer comes back as a chat completion, with what the model needs to go on', async () => {
  const { model } = play({
    content: [
      { type: 'reasoning', text: 'Hm.', ...signed },
      { type: 'text', text: 'Hello' },
      { type: 'tool-call', toolCallId: 'c1', toolName: 'get_weather', input: '{"city":"Oslo"}', ...signed },
      { type: 'file', mediaType: 'image/png', data: { type: 'data', data: new Uint8Array([104, 105]) } },
      { type: 'source', sourceType: 'url', id: 's', url: 'https://example.com', title: 'Example' },
    ],
  })
  const metadata = JSON.stringify(signed.providerMetadata)
  expect(
    await (await post(fromAiSdk(model), { model: 'm-1', messages: [{ role: 'user', content: 'Hi' }] })).json(),
  ).toMatchObject({
    object: 'chat.completion',
    model: 'm-1',
    choices: [
      {
        message: {
          content: 'Hello',
          reasoning_content: 'Hm.',
          reasoning_details: [
            { type: 'reasoning.text', text: 'Hm.', signature: metadata, format: 'ai-sdk' },
            { type: 'reasoning.encrypted', id: 'c1', data: metadata, format: 'ai-sdk' },
          ],
          tool_calls: [{ id: 'c1', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } }],
          images: [{ image_url: { url: 'data:image/png;base64,aGk=' } }],
          annotations: [{ url_citation: { url: 'https://example.com', title: 'Example' } }],
        },
        finish_reason: 'stop',
      },
    ],
    usage: {
      prompt_tokens: 10,
      completion_tokens: 5,
      total_tokens: 15,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 2 },
    },
  })
})

async function eventsOf(response: Response): Promise<(JsonObject | string)[]> {
  const events = createSseDecoder().push(new Uint8Array(await response.arrayBuffer()))
  return events.map(({ data }) => parseObject(data) ?? data)
}

test('a stream comes back as chunks, tool arguments piece by piece', async () => {
  const { model } = play({
    parts: [
      { type: 'stream-start', warnings: [] },
      { type: 'response-metadata', id: 'r1', modelId: 'm-1b' },
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: 'Hel' },
      { type: 'text-delta', id: 't', delta: 'lo' },
      { type: 'text-end', id: 't' },
      { type: 'tool-input-start', id: 'c1', toolName: 'f' },
      { type: 'tool-input-delta', id: 'c1', delta: '{"a"' },
      { type: 'tool-input-delta', id: 'c1', delta: ':1}' },
      { type: 'tool-input-end', id: 'c1' },
      { type: 'tool-call', toolCallId: 'c1', toolName: 'f', input: '{"a":1}' },
      { type: 'tool-call', toolCallId: 'c2', toolName: 'g', input: '{}' },
      { type: 'finish', usage, finishReason: { unified: 'tool-calls', raw: 'tool_use' } },
    ],
  })
  const body = {
    model: 'm-1',
    messages: [{ role: 'user', content: 'Hi' }],
    stream: true,
    stream_options: { include_usage: true },
  }
  const events = await eventsOf(await post(fromAiSdk(model), body))
  expect(events).toMatchObject([
    { id: 'r1', model: 'm-1b', choices: [{ delta: { role: 'assistant', content: 'Hel' } }] },
    { choices: [{ delta: { content: 'lo' } }] },
    { choices: [{ delta: { tool_calls: [{ index: 0, id: 'c1', function: { name: 'f', arguments: '' } }] } }] },
    { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: '{"a"' } }] } }] },
    { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: ':1}' } }] } }] },
    { choices: [{ delta: { tool_calls: [{ index: 1, id: 'c2', function: { name: 'g', arguments: '{}' } }] } }] },
    { choices: [{ delta: {}, finish_reason: 'tool_calls' }] },
    { choices: [], usage: { prompt_tokens: 10, completion_tokens: 5 } },
    '[DONE]',
  ])
})

test('an error within a stream is its last event', async () => {
  const { model } = play({
    parts: [
      { type: 'text-delta', id: 't', delta: 'Hel' },
      { type: 'error', error: new Error('secret sk-live') },
    ],
  })
  const events = await eventsOf(
    await post(fromAiSdk(model), { model: 'm-1', messages: [{ role: 'user', content: 'Hi' }], stream: true }),
  )
  expect(events.at(-1)).toEqual({
    error: { message: 'The AI SDK provider failed.', type: 'upstream_error', param: null, code: null },
  })
})

const apiError = Object.assign(new Error('Too many requests'), {
  name: 'AI_APICallError',
  statusCode: 429,
  responseBody: '{"error":{"message":"slow down"}}',
  responseHeaders: { 'retry-after': '7', 'set-cookie': 'x' },
})

test.each([
  [apiError, 429, { error: { message: 'slow down' } }],
  [
    Object.assign(new Error('No such languageModel: x'), { name: 'AI_NoSuchModelError' }),
    404,
    { error: { message: 'No such languageModel: x' } },
  ],
  [new Error('secret sk-live'), 502, { error: { message: 'The AI SDK provider failed.' } }],
])('%s is an answer with a status', async (error, status, body) => {
  const { model } = play({ error })
  const response = await post(fromAiSdk(model), { model: 'm-1', messages: [{ role: 'user', content: 'Hi' }] })
  expect([response.status, await response.json()]).toMatchObject([status, body])
  expect(response.headers.get('retry-after')).toBe(status === 429 ? '7' : null)
})

test('AI SDK 6 models get files in their own words', async () => {
  const asked: LanguageModelV3CallOptions[] = []
  const model: LanguageModelV3 = {
    specificationVersion: 'v3',
    provider: 'acme.chat',
    modelId: 'm-1',
    supportedUrls: {},
    doGenerate: async (options) => {
      asked.push(options)
      return { content: [{ type: 'text', text: 'Hello' }], finishReason: stop, usage, warnings: [] }
    },
    doStream: () => Promise.reject(new Error('not asked')),
  }
  const response = await post(fromAiSdk(model), { model: 'm-1', messages: conversation, reasoning_effort: 'low' })
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'Hello' } }] })
  expect(asked[0]?.prompt[1]?.content).toMatchObject([
    { type: 'text', text: 'Look' },
    { type: 'file', mediaType: 'image/png', data: 'aGk=' },
    { type: 'file', mediaType: 'image/*', data: new URL('https://example.com/a.png') },
  ])
  expect(asked[0]).not.toHaveProperty('reasoning')
})

test('embeddings are made in as many calls as the model needs', async () => {
  const calls: string[][] = []
  const model: EmbeddingModelV4 = {
    specificationVersion: 'v4',
    provider: 'acme.embedding',
    modelId: 'e-1',
    maxEmbeddingsPerCall: 2,
    supportsParallelCalls: false,
    doEmbed: async ({ values }) => {
      calls.push(values)
      return { embeddings: values.map((value) => [value.length]), usage: { tokens: 3 }, warnings: [] }
    },
  }
  const response = await post(fromAiSdk(model), { model: 'e-1', input: ['a', 'bb', 'ccc'] }, '/embeddings')
  expect(await response.json()).toEqual({
    object: 'list',
    data: [[1], [2], [3]].map((embedding, index) => ({ object: 'embedding', index, embedding })),
    model: 'e-1',
    usage: { prompt_tokens: 6, total_tokens: 6 },
  })
  expect(calls).toEqual([['a', 'bb'], ['ccc']])
  expect((await post(fromAiSdk(play({}).model), { model: 'x', input: 'a' }, '/embeddings')).status).toBe(404)
})

test('a factory gets the key of the call, and gives the provider its name', async () => {
  const { model } = play({ content: [{ type: 'text', text: 'Hello' }] })
  const keys: string[] = []
  function createAcmeCloud({ apiKey }: { apiKey: string }) {
    keys.push(apiKey)
    return { languageModel: () => model }
  }
  const provider = fromAiSdk(createAcmeCloud, { pricedAs: 'openai' })
  expect([provider.id, provider.envKeys, provider.keyless, provider.pricedAs]).toEqual([
    'acme-cloud',
    ['ACME_CLOUD_API_KEY'],
    false,
    'openai',
  ])
  await post(provider, { model: 'm-1', messages: [{ role: 'user', content: 'Hi' }] })
  expect(keys).toEqual(['sk-1'])
  expect(fromAiSdk(model)).toMatchObject({ id: 'acme', keyless: true })
  expect(() => fromAiSdk({ languageModel: () => model })).toThrow(/Say what the provider is called/)
})
