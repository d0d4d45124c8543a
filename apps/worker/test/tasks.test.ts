import { expect, test } from 'vitest'
import { keysOf } from './keys-of.ts'
import { startGateway } from './start-gateway.ts'

const openaiAnswer = {
  object: 'list',
  data: [
    { object: 'embedding', index: 0, embedding: [0.5, -1] },
    { object: 'embedding', index: 1, embedding: [2, 0] },
  ],
  model: 'm',
  usage: { prompt_tokens: 7, total_tokens: 7 },
}

/** A gateway whose provider answers what it is told, and what that provider got. */
async function startWith(answer: unknown, status = 200, more: Record<string, string> = {}) {
  const sent: { url: string; body: unknown; key: string | null }[] = []
  const keys = {
    OPENAI_API_KEY: 'sk-o',
    CLOUDFLARE_API_TOKEN: 'sk-w',
    ANTHROPIC_API_KEY: 'sk-a',
    GEMINI_API_KEY: 'sk-g',
    COHERE_API_KEY: 'sk-c',
    MISTRAL_API_KEY: 'sk-m',
    AZURE_OPENAI_API_KEY: 'sk-z',
    AWS_BEARER_TOKEN_BEDROCK: 'sk-b',
    GOOGLE_VERTEX_ACCESS_TOKEN: 'ya29.v',
  }
  const gateway = await startGateway(() => ({
    keyResolver: keysOf(keys),
    fetch: async (request) => {
      const { headers } = request
      const key = headers.get('authorization') ?? headers.get('x-goog-api-key')
      sent.push({ url: request.url, body: await request.json(), key })
      return Response.json(answer, { status, headers: more })
    },
  }))
  return { gateway, sent }
}

const upstream = (provider: string, path: string): string => `http://simulator.test/${provider}${path}`
const openai = upstream('openai', '/v1/embeddings')
const openaiSent = { model: 'text-embedding-3-small', input: ['a', 'b'], encoding_format: 'base64' }

test.each(['/v1/acc/default/compat/embeddings', '/v1/embeddings', '/ai/v1/embeddings'])(
  '%s passes to a provider of the same format, with nothing changed but the name of the model',
  async (path) => {
    const { gateway, sent } = await startWith(openaiAnswer)
    const response = await gateway.post(path, { ...openaiSent, model: 'openai/text-embedding-3-small' })
    expect(await response.json()).toEqual(openaiAnswer)
    expect(sent).toEqual([{ url: openai, body: openaiSent, key: 'Bearer sk-o' }])
    const row = await gateway.rowOf(response)
    // text-embedding-3-small: $0.02 per million tokens.
    expect([row.usage, row.cost_nano_usd, row.success]).toEqual([{ input: 7, output: 0 }, 140, true])
  },
)

test('who wants base64 gets it from a provider that has floats alone', async () => {
  const { gateway, sent } = await startWith(openaiAnswer)
  const response = await gateway.post('/client/v4/accounts/acc/ai/v1/v1/embeddings', {
    model: '@cf/baai/bge-m3',
    input: ['a', 'b'],
    encoding_format: 'base64',
  })
  // 0.5 is 0x3f000000, -1 is 0xbf800000; 2 is 0x40000000.
  expect(await response.json()).toMatchObject({ data: [{ embedding: 'AAAAPwAAgL8=' }, { embedding: 'AAAAQAAAAAA=' }] })
  const path = '/client/v4/accounts/acc/ai/v1/embeddings'
  expect(sent).toEqual([
    { url: upstream('workers-ai', path), body: { model: '@cf/baai/bge-m3', input: ['a', 'b'] }, key: 'Bearer sk-w' },
  ])
})

test('a server of the same format gets every field, but for the encoding that it may not know', async () => {
  const { gateway, sent } = await startWith(openaiAnswer)
  const body = { input: ['a', 'b'], user: 'u', input_type: 'query', truncate_prompt_tokens: 5 }
  for (const encoding_format of ['base64', 'float']) {
    const response = await gateway.post('/v1/embeddings', { model: 'mistral/e5', ...body, encoding_format })
    await response.text()
    expect(response.headers.get('gw-warnings')).toBeNull()
  }
  expect(sent.map((request) => request.body)).toEqual([
    { model: 'e5', ...body },
    { model: 'e5', ...body, encoding_format: 'float' },
  ])
})

test('OpenAI callers reach Gemini’s embeddings', async () => {
  const { gateway, sent } = await startWith({
    embeddings: [{ values: [1, 2] }],
    usageMetadata: { promptTokenCount: 3 },
  })
  const model = 'google-ai-studio/gemini-embedding-001'
  const response = await gateway.post('/v1/embeddings', { model, input: 'a', dimensions: 2, user: 'u' })
  expect(await response.json()).toEqual({
    object: 'list',
    data: [{ object: 'embedding', index: 0, embedding: [1, 2] }],
    model: 'gemini-embedding-001',
    usage: { prompt_tokens: 3, total_tokens: 3 },
  })
  const url = upstream('google-ai-studio', '/v1beta/models/gemini-embedding-001:batchEmbedContents')
  const content = { parts: [{ text: 'a' }] }
  const body = { requests: [{ model: 'models/gemini-embedding-001', content, outputDimensionality: 2 }] }
  expect(sent).toEqual([{ url, body, key: 'sk-g' }])
})

test('OpenAI callers reach Cohere’s embeddings, and hear of what it has no words for', async () => {
  const { gateway, sent } = await startWith({
    id: 'e',
    embeddings: { float: [[1, 2]] },
    meta: { billed_units: { input_tokens: 4 } },
  })
  const response = await gateway.post('/v1/embeddings', { model: 'cohere/embed-v4.0', input: 'a', flavour: 'mint' })
  expect(await response.json()).toMatchObject({ data: [{ embedding: [1, 2] }], usage: { prompt_tokens: 4 } })
  expect(response.headers.get('gw-warnings')).toBe('flavour')
  const body = { model: 'embed-v4.0', texts: ['a'], input_type: 'search_document', embedding_types: ['float'] }
  expect(sent).toEqual([{ url: upstream('cohere', '/v2/embed'), body, key: 'Bearer sk-c' }])
  expect((await gateway.rowOf(response)).usage).toEqual({ input: 4, output: 0 })
})

test.each([
  ['embedContent', { content: { parts: [{ text: 'a' }] } }, { embedding: { values: [0.5, -1] } }],
  [
    'batchEmbedContents',
    { requests: [{ content: { parts: [{ text: 'a' }] } }, { content: { parts: [{ text: 'b' }] } }] },
    { embeddings: [{ values: [0.5, -1] }, { values: [2, 0] }] },
  ],
])('Gemini callers of %s reach OpenAI’s embeddings', async (method, body, expected) => {
  const { gateway, sent } = await startWith(openaiAnswer)
  const response = await gateway.post(`/v1beta/models/openai/text-embedding-3-small:${method}`, body)
  expect(await response.json()).toEqual({ ...expected, usageMetadata: { promptTokenCount: 7, totalTokenCount: 7 } })
  expect(sent[0]?.url).toBe(openai)
})

test('Gemini callers pass to Gemini unchanged', async () => {
  const answer = { embedding: { values: [1] }, custom: true }
  const { gateway, sent } = await startWith(answer)
  const body = { content: { parts: [{ text: 'a' }] }, title: 'T', taskType: 'QUESTION_ANSWERING' }
  const response = await gateway.post('/v1beta/models/google/gemini-embedding-001:embedContent', body)
  expect(await response.json()).toEqual(answer)
  const url = upstream('google-ai-studio', '/v1beta/models/gemini-embedding-001:embedContent')
  expect(sent).toEqual([{ url, body, key: 'sk-g' }])
})

test('Azure’s deployments, Vertex and Bedrock embed too', async () => {
  const azure = await startWith(openaiAnswer)
  await (await azure.gateway.post('/v1/embeddings', { model: 'azure-openai/res/small', input: ['a', 'b'] })).text()
  expect(azure.sent[0]).toMatchObject({
    url: upstream('azure-openai', '/openai/v1/embeddings'),
    body: { model: 'small', input: ['a', 'b'] },
  })

  const vertex = await startWith({ predictions: [{ embeddings: { values: [1], statistics: { token_count: 2 } } }] })
  const embedded = await vertex.gateway.post('/v1/embeddings', { model: 'vertex/text-embedding-005', input: 'a' })
  expect(await embedded.json()).toMatchObject({ data: [{ embedding: [1] }], usage: { prompt_tokens: 2 } })
  const path = '/v1/projects/local/locations/global/publishers/google/models/text-embedding-005:predict'
  expect(vertex.sent).toEqual([
    { url: upstream('google-vertex-ai', path), body: { instances: [{ content: 'a' }] }, key: 'Bearer ya29.v' },
  ])

  const counted = { 'x-amzn-bedrock-input-token-count': '4' }
  const bedrock = await startWith({ embeddings: [{ embeddingType: 'TEXT', embedding: [1] }] }, 200, counted)
  const model = 'aws-bedrock/amazon.nova-2-multimodal-embeddings-v1:0'
  const response = await bedrock.gateway.post('/v1/embeddings', { model, input: 'a' })
  expect(await response.json()).toMatchObject({ data: [{ embedding: [1] }], usage: { prompt_tokens: 4 } })
  const invoke = '/model/amazon.nova-2-multimodal-embeddings-v1%3A0/invoke'
  expect(bedrock.sent[0]).toMatchObject({ url: upstream('aws-bedrock', invoke), key: 'Bearer sk-b' })
})

test('Gemini is told its own name of the model in each request of a batch', async () => {
  const { gateway, sent } = await startWith({ embeddings: [{ values: [1] }] })
  const request = { model: 'models/google/gemini-embedding-001', content: { parts: [{ text: 'a' }] } }
  const path = '/v1beta/models/google/gemini-embedding-001:batchEmbedContents'
  await (await gateway.post(path, { requests: [request] })).text()
  expect(sent[0]?.body).toEqual({ requests: [{ ...request, model: 'models/gemini-embedding-001' }] })
})

const documents = ['Paris is in France', 'Ruby is a language']

test('rerank reaches Cohere unchanged', async () => {
  const answer = { id: 'r', results: [{ index: 1, relevance_score: 0.9 }], meta: { billed_units: { search_units: 1 } } }
  const { gateway, sent } = await startWith(answer)
  const body = { query: 'ruby', documents, top_n: 1, max_tokens_per_doc: 100 }
  const response = await gateway.post('/v1/rerank', { model: 'cohere/rerank-v3.5', ...body })
  expect(await response.json()).toEqual(answer)
  expect(sent).toEqual([
    { url: upstream('cohere', '/v2/rerank'), body: { model: 'rerank-v3.5', ...body }, key: 'Bearer sk-c' },
  ])
  expect((await gateway.rowOf(response)).success).toBe(true)
})

test('rerank reaches Workers AI in its own words', async () => {
  const { gateway, sent } = await startWith({
    success: true,
    errors: [],
    result: {
      response: [
        { id: 0, score: 0.1 },
        { id: 1, score: 0.8 },
      ],
    },
  })
  const model = '@cf/baai/bge-reranker-base'
  const response = await gateway.post('/v1/rerank', {
    model,
    query: 'ruby',
    documents,
    top_n: 2,
    return_documents: true,
  })
  expect(await response.json()).toEqual({
    model,
    results: [
      { index: 1, relevance_score: 0.8, document: { text: documents[1] } },
      { index: 0, relevance_score: 0.1, document: { text: documents[0] } },
    ],
  })
  expect(sent[0]).toMatchObject({
    url: upstream('workers-ai', `/client/v4/accounts/acc/ai/run/${model}`),
    body: { query: 'ruby', contexts: documents.map((text) => ({ text })), top_k: 2 },
  })
})

test('moderations pass', async () => {
  const answer = { id: 'modr', model: 'omni', results: [{ flagged: false }] }
  const { gateway, sent } = await startWith(answer)
  const response = await gateway.post('/v1/moderations', { model: 'openai/omni-moderation-latest', input: 'hi' })
  expect(await response.json()).toEqual(answer)
  expect(sent[0]).toMatchObject({
    url: upstream('openai', '/v1/moderations'),
    body: { model: 'omni-moderation-latest' },
  })
})

test('an entry of a universal request can name embeddings', async () => {
  const { gateway, sent } = await startWith(openaiAnswer)
  const query = { model: 'openai/text-embedding-3-small', input: 'a' }
  await (await gateway.post('/v1/acc/default', [{ provider: 'compat', endpoint: 'embeddings', query }])).text()
  expect(sent.map(({ url }) => url)).toEqual([openai])
  const refused = await gateway.post('/v1/acc/default', [{ provider: 'compat', endpoint: 'images', query }])
  expect(await refused.json()).toMatchObject({
    error: [{ message: expect.stringMatching(/must be chat\/completions/) }],
  })
})

test.each([
  ['/v1/embeddings', { model: 'anthropic/claude-sonnet-4-5', input: 'a' }, /^Provider "anthropic" has no embeddings/],
  ['/v1/rerank', { model: 'openai/gpt-5', query: 'a', documents }, /^Provider "openai" has no rerank/],
  ['/v1/moderations', { model: 'cohere/x', input: 'a' }, /^Provider "cohere" has no moderations/],
  ['/v1/moderations', { input: 'a' }, /^No model named/],
  ['/v1/embeddings', { model: 'openai/x', input: {} }, /^`input` must be a string/],
  ['/v1/embeddings', { model: 'mistral/x', input: [1, 2] }, /^Token arrays/],
  ['/v1/embeddings', { model: 'azure-openai/small', input: 'a' }, /^The name of the model is not complete/],
  ['/v1/embeddings', { model: 5, input: 'a' }, /^`model` must be a string/],
  ['/v1/rerank', { model: 'cohere/x', query: 'a', documents: [] }, /^`documents` must be/],
])('%s with %j is refused before anything is called', async (path, body, message) => {
  const { gateway, sent } = await startWith(openaiAnswer)
  const response = await gateway.post(path, body)
  expect([response.status, await response.json(), sent]).toEqual([
    400,
    expect.objectContaining({ error: expect.objectContaining({ message: expect.stringMatching(message) }) }),
    [],
  ])
  expect(await gateway.rowOf(response)).toMatchObject({ ending: 'rejected', status_code: 400 })
})

test('a provider’s error is said in the caller’s format', async () => {
  const { gateway } = await startWith({ message: 'invalid api token' }, 401)
  const body = { content: { parts: [{ text: 'a' }] } }
  const response = await gateway.post('/v1beta/models/cohere/embed-v4.0:embedContent', body)
  expect([response.status, await response.json()]).toEqual([
    401,
    { error: expect.objectContaining({ code: 401, status: 'UNAUTHENTICATED', message: 'invalid api token' }) },
  ])
})

test('an answer without vectors is the provider’s fault, and is not passed on', async () => {
  const { gateway } = await startWith({ data: 'none' })
  const body = { model: 'mistral/mistral-embed', input: 'a', encoding_format: 'base64' }
  const response = await gateway.post('/v1/embeddings', body)
  expect([response.status, await response.json()]).toEqual([
    502,
    expect.objectContaining({
      error: expect.objectContaining({ message: 'The provider answered without vectors.', type: 'api_error' }),
    }),
  ])
})
