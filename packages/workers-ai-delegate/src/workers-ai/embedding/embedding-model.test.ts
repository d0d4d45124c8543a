import { describe, expect, test } from 'vitest'
import { jsonResponse } from '../__fixtures__/fake-binding.ts'
import { fakeModels } from '../__fixtures__/models.ts'

const id = '@cf/baai/bge-base-en-v1.5'
const data = [
  [1, 0],
  [0, 1],
]

describe('an embedding', () => {
  test('asks for all texts at once', async () => {
    const { embedding, runs } = fakeModels({ shape: [2, 2], data }, { id: 'g' })
    const { signal } = new AbortController()
    const model = embedding(id)
    expect([model.provider, model.modelId]).toEqual(['workersai.embedding', id])
    const { embeddings, warnings, usage } = await model.doEmbed({
      values: ['a', 'b'],
      abortSignal: signal,
      headers: { 'x-a': '1' },
    })
    expect(embeddings).toEqual(data)
    expect([warnings, usage]).toEqual([[], undefined])
    const options = { returnRawResponse: true, gateway: { id: 'g' }, extraHeaders: { 'x-a': '1' }, signal }
    expect(runs).toEqual([{ model: id, inputs: { text: ['a', 'b'] }, options }])
  })

  test('pools as settings or call say, and passes what else the settings have', async () => {
    const { embedding, runs } = fakeModels({ data: [[1]] })
    const model = embedding(id, { pooling: 'cls', tags: ['t'], maxEmbeddingsPerCall: 5, supportsParallelCalls: false })
    await model.doEmbed({ values: ['a'] })
    await model.doEmbed({
      values: ['a'],
      providerOptions: { 'workers-ai': { pooling: 'mean', truncate_inputs: true } },
    })
    expect(runs.map(({ inputs }) => inputs)).toEqual([
      { text: ['a'], pooling: 'cls' },
      { text: ['a'], pooling: 'mean', truncate_inputs: true },
    ])
    expect(runs[0]?.options).toEqual({ returnRawResponse: true, tags: ['t'] })
    expect([model.maxEmbeddingsPerCall, model.supportsParallelCalls]).toEqual([5, false])
  })

  test.each([
    ['an object', { data }],
    ['another name', { response: data }],
    ['a response in an envelope', () => jsonResponse({ result: { data }, success: true, errors: [] })],
    [
      "OpenAI's list, in any order",
      {
        data: [
          { index: 1, embedding: data[1] },
          { index: 0, embedding: data[0] },
        ],
      },
    ],
  ])('is read from %s', async (_, answer) => {
    const { embeddings } = await fakeModels(answer)
      .embedding(id)
      .doEmbed({ values: ['a', 'b'] })
    expect(embeddings).toEqual(data)
  })

  test('has tokens, body, headers and the facts of the gateway where they are told', async () => {
    const body = { data: [[1]], usage: { prompt_tokens: 3, total_tokens: 3 } }
    const { embedding } = fakeModels(() => jsonResponse(body, { headers: { 'cf-aig-log-id': 'l1' } }))
    const result = await embedding(id).doEmbed({ values: ['a'] })
    expect(result.usage).toEqual({ tokens: 3 })
    expect(result.response?.body).toEqual(body)
    expect(result.response?.headers).toMatchObject({ 'cf-aig-log-id': 'l1' })
    expect(result.providerMetadata).toEqual({ gateway: { logId: 'l1' } })
  })

  test('warns that no model has another length', async () => {
    const { warnings } = await fakeModels({ data: [[1]] })
      .embedding(id)
      .doEmbed({ values: ['a'], dimensions: 256 })
    expect(warnings).toMatchObject([{ type: 'unsupported', feature: 'dimensions' }])
  })

  test('refuses more texts than one call takes, before it sends any', async () => {
    const { embedding, runs } = fakeModels({ data: [] })
    expect(embedding(id).maxEmbeddingsPerCall).toBe(3000)
    const call = embedding(id, { maxEmbeddingsPerCall: 1 }).doEmbed({ values: ['a', 'b'] })
    await expect(call).rejects.toMatchObject({ name: 'AI_TooManyEmbeddingValuesForCallError', maxEmbeddingsPerCall: 1 })
    expect(runs).toEqual([])
  })

  test.each([[{ data: [[1]] }], [{ request_id: 'r1', status: 'queued' }], [{ data: [['x'], [1]] }]])(
    'throws where the answer has not a vector for each text: %o',
    async (answer) => {
      const call = fakeModels(answer)
        .embedding(id)
        .doEmbed({ values: ['a', 'b'] })
      await expect(call).rejects.toMatchObject({ name: 'AI_InvalidResponseDataError' })
    },
  )
})
