import { describe, expect, test } from 'vitest'
import { send } from '../__fixtures__/call.ts'
import { createSimulator } from '../create-simulator.ts'

const keys = {
  authorization: 'Bearer k',
  'x-api-key': 'k',
  'x-goog-api-key': 'k',
  'anthropic-version': '2023-06-01',
}
const post = (path: string, body: unknown) => send(path, body, { headers: keys })
const gemini = '/google-ai-studio/v1beta/models/gemini-embedding-001'

// 'a' is 97 and 'b' 98: places 1 and 2 of 4.
const [a, b] = [
  [0, 1, 0, 0],
  [0, 0, 1, 0],
]

describe('embeddings', () => {
  test('OpenAI', async () => {
    const body = { model: 'text-embedding-3-small', input: ['a', 'b'], dimensions: 4 }
    expect(await (await post('/openai/v1/embeddings', body)).json()).toEqual({
      object: 'list',
      data: [
        { object: 'embedding', index: 0, embedding: a },
        { object: 'embedding', index: 1, embedding: b },
      ],
      model: 'text-embedding-3-small',
      usage: { prompt_tokens: 2, total_tokens: 2 },
    })
  })

  test('OpenAI, as base64 of 32-bit floats', async () => {
    const body = { model: 'm', input: 'a', dimensions: 2, encoding_format: 'base64' }
    const { data } = await (await post('/openai/v1/embeddings', body)).json()
    // 0 and 1, the latter 0x3f800000.
    expect(data[0].embedding).toBe('AAAAAAAAgD8=')
  })

  test.each([[[1, 2, 3]], [[[1], [2, 3]]]])('tokens %j', async (input) => {
    const { usage } = await (await post('/openai/v1/embeddings', { model: 'm', input })).json()
    expect(usage.prompt_tokens).toBe(3)
  })

  test('Mistral has its own word for dimensions', async () => {
    const body = { model: 'codestral-embed', input: ['a'], output_dimension: 4 }
    expect((await (await post('/mistral/v1/embeddings', body)).json()).data[0].embedding).toEqual(a)
  })

  test('Gemini, one and several', async () => {
    const content = { parts: [{ text: 'a' }] }
    const one = await post(`${gemini}:embedContent`, { content, outputDimensionality: 4 })
    expect(await one.json()).toEqual({ embedding: { values: a } })
    const request = { model: 'models/gemini-embedding-2', content, outputDimensionality: 4 }
    const several = await post(`${gemini.replace('001', '2')}:batchEmbedContents`, { requests: [request, request] })
    expect(await several.json()).toEqual({
      embeddings: [{ values: a }, { values: a }],
      usageMetadata: { promptTokenCount: 2, totalTokenCount: 2 },
    })
  })

  test('Cohere', async () => {
    const body = { model: 'embed-v4.0', input_type: 'search_document', texts: ['a', 'b'], output_dimension: 4 }
    expect(await (await post('/cohere/v2/embed', body)).json()).toEqual({
      id: expect.any(String),
      embeddings: { float: [a, b] },
      response_type: 'embeddings_by_type',
      texts: ['a', 'b'],
      meta: { api_version: { version: '2' }, billed_units: { input_tokens: 2 } },
    })
  })

  test('Cohere, text with an image', async () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }
    const inputs = [{ content: [{ type: 'text', text: 'a' }, image] }]
    const body = { model: 'embed-v4.0', input_type: 'search_query', inputs, output_dimension: 4 }
    expect(await (await post('/cohere/v2/embed', body)).json()).toMatchObject({
      embeddings: { float: [a] },
      meta: { billed_units: { input_tokens: 1, image_tokens: 85 } },
    })
  })

  test('Ollama', async () => {
    const body = { model: 'nomic-embed-text', input: ['a', 'b'], dimensions: 4 }
    expect(await (await post('/sim/ollama/api/embed', body)).json()).toMatchObject({
      model: 'nomic-embed-text',
      embeddings: [a, b],
      prompt_eval_count: 2,
    })
  })
})

test('rerank puts first what has most words of the query', async () => {
  const documents = ['Paris is in France', 'a ruby ring', 'Ruby gems are programs']
  const body = { model: 'rerank-v3.5', query: 'Ruby programs', documents, top_n: 2 }
  expect(await (await post('/cohere/v2/rerank', body)).json()).toEqual({
    id: expect.any(String),
    results: [
      { index: 2, relevance_score: 1 },
      { index: 1, relevance_score: 0.5 },
    ],
    meta: { api_version: { version: '2' }, billed_units: { search_units: 1 } },
  })
})

describe('counts of tokens', () => {
  const contents = [{ role: 'user', parts: [{ text: 'hello there' }] }]

  test('Anthropic', async () => {
    const body = {
      model: 'claude-sonnet-4-5',
      system: 'Be brief.',
      messages: [{ role: 'user', content: 'hello there' }],
      tools: [{ name: 'f', description: 'does it', input_schema: { type: 'object' } }],
      thinking: { type: 'enabled', budget_tokens: 2048 },
    }
    // Two words, two words, and a tool of three.
    expect(await (await post('/anthropic/v1/messages/count_tokens', body)).json()).toEqual({ input_tokens: 7 })
  })

  test.each([
    { contents },
    {
      generateContentRequest: {
        model: 'models/gemini-2.5-flash',
        contents,
        generationConfig: { temperature: 0 },
      },
    },
  ])('Gemini, of %o', async (body) => {
    const response = await post('/google-ai-studio/v1beta/models/gemini-2.5-flash:countTokens', body)
    expect(await response.json()).toMatchObject({ totalTokens: 2 })
  })

  test('OpenAI', async () => {
    const response = await post('/openai/v1/responses/input_tokens', { model: 'gpt-5-mini', input: 'hello there' })
    expect(await response.json()).toEqual({ object: 'response.input_tokens', input_tokens: 2 })
  })
})

const embedding = { model: 'm', input: 'a' }
const embedded = { model: 'm', input_type: 'search_query', texts: ['a'] }
const message = { model: 'm', messages: [{ role: 'user', content: 'hi' }] }

test.each([
  ['/openai/v1/embeddings', { input: 'a' }],
  ['/openai/v1/embeddings', { ...embedding, input: '' }],
  ['/openai/v1/embeddings', { ...embedding, input: ['a', 1] }],
  ['/openai/v1/embeddings', { ...embedding, input: [] }],
  ['/openai/v1/embeddings', { ...embedding, input_type: 'query' }],
  ['/openai/v1/embeddings', { ...embedding, model: 'text-embedding-ada-002', dimensions: 4 }],
  ['/mistral/v1/embeddings', { ...embedding, dimensions: 4 }],
  ['/cohere/v2/embed', { model: 'm', texts: ['a'] }],
  ['/cohere/v2/embed', { model: 'm', input_type: 'search_query' }],
  ['/cohere/v2/embed', { ...embedded, input_type: 'RETRIEVAL_QUERY' }],
  ['/cohere/v2/rerank', { model: 'm', query: 'a', documents: [] }],
  ['/cohere/v2/rerank', { model: 'm', query: 'a', documents: [{ text: 'a' }] }],
  [`${gemini}:embedContent`, { content: { parts: [] } }],
  [`${gemini}:embedContent`, { content: { parts: [{ text: 'a' }] }, dimensions: 4 }],
  [`${gemini}:batchEmbedContents`, { requests: [{ content: { parts: [{ text: 'a' }] } }] }],
  [`${gemini}:batchEmbedContents`, { requests: [{ model: 'models/x', content: { parts: [{ text: 'a' }] } }] }],
  [`${gemini}:countTokens`, {}],
  [`${gemini}:countTokens`, { contents: [], systemInstruction: {} }],
  [`${gemini}:countTokens`, { generateContentRequest: { contents: [{ role: 'user', parts: [{ text: 'a' }] }] } }],
  ['/sim/ollama/api/embed', { model: 'm', input: 5 }],
  ['/anthropic/v1/messages/count_tokens', { ...message, max_tokens: 5 }],
  ['/anthropic/v1/messages/count_tokens', { model: 'm', messages: [{ role: 'assistant', content: 'hi' }] }],
  ['/openai/v1/responses/input_tokens', { model: 'm', input: 'hi', stream: true }],
])('%s refuses %j', async (path, body) => {
  const { status } = await post(path, body)
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThanOrEqual(422)
})

test('a vendor wants its credential, and fails on demand in its own words', async () => {
  const keyless = await send('/cohere/v2/embed', embedded)
  expect([keyless.status, await keyless.json()]).toMatchObject([401, { message: 'no api key supplied' }])
  const limited = await post('/openai/v1/embeddings', { ...embedding, model: 'm+status:429:7' })
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
  const missing = await post(`${gemini}+model-not-found:embedContent`, { content: { parts: [{ text: 'a' }] } })
  expect([missing.status, await missing.json()]).toMatchObject([404, { error: { status: 'NOT_FOUND' } }])
})

test('tasks are recorded', async () => {
  const simulator = createSimulator()
  await send('/openai/v1/embeddings', embedding, { simulator, headers: keys })
  expect(simulator.requests).toMatchObject([
    { provider: 'openai', format: 'openai-embeddings', model: 'm', body: embedding, status: 200, ending: 'complete' },
  ])
})
