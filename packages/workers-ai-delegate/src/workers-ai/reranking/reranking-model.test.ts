import { describe, expect, test } from 'vitest'
import { jsonResponse } from '../__fixtures__/fake-binding.ts'
import { fakeModels } from '../__fixtures__/models.ts'

const id = '@cf/baai/bge-reranker-base'
const response = [
  { id: 0, score: 0.1 },
  { id: 2, score: 0.9 },
  { id: 1, score: 0.5 },
]
const documents = { type: 'text' as const, values: ['a', 'b', 'c'] }

describe('a ranking', () => {
  test('is best first, with the place of each document', async () => {
    const { reranking, runs } = fakeModels({ response }, { id: 'g' })
    const model = reranking(id)
    expect(model.provider).toBe('workersai.reranking')
    const { ranking, warnings } = await model.doRerank({ documents, query: 'q', headers: { 'x-a': '1' } })
    expect(ranking).toEqual([
      { index: 2, relevanceScore: 0.9 },
      { index: 1, relevanceScore: 0.5 },
      { index: 0, relevanceScore: 0.1 },
    ])
    expect(warnings).toEqual([])
    expect(runs).toEqual([
      {
        model: id,
        inputs: { query: 'q', contexts: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] },
        options: { returnRawResponse: true, gateway: { id: 'g' }, extraHeaders: { 'x-a': '1' } },
      },
    ])
  })

  test('is no longer than asked for, also where the model gives more', async () => {
    const { reranking, runs } = fakeModels(() => jsonResponse({ result: { response }, success: true }))
    const { ranking } = await reranking(id).doRerank({ documents, query: 'q', topN: 1 })
    expect(ranking).toEqual([{ index: 2, relevanceScore: 0.9 }])
    expect(runs[0]?.inputs).toMatchObject({ top_k: 1 })
  })

  test('of objects compares their text, and says so', async () => {
    const { reranking, runs } = fakeModels({ response: [] })
    const { warnings } = await reranking(id).doRerank({ documents: { type: 'object', values: [{ a: 1 }] }, query: 'q' })
    expect(runs[0]?.inputs).toEqual({ query: 'q', contexts: [{ text: '{"a":1}' }] })
    expect(warnings).toMatchObject([{ type: 'other' }])
  })

  test('passes over places that no document has', async () => {
    const { reranking } = fakeModels({ response: [{ id: 7, score: 1 }, { score: 1 }, { id: 1 }] })
    expect((await reranking(id).doRerank({ documents, query: 'q' })).ranking).toEqual([{ index: 1, relevanceScore: 0 }])
  })

  test("carries the gateway's facts", async () => {
    const { reranking } = fakeModels(() => jsonResponse({ response }, { headers: { 'cf-aig-log-id': 'l1' } }))
    const result = await reranking(id).doRerank({ documents, query: 'q', providerOptions: { 'workers-ai': { x: 1 } } })
    expect(result.providerMetadata).toEqual({ gateway: { logId: 'l1' } })
    expect(result.response).toMatchObject({ modelId: id, headers: { 'cf-aig-log-id': 'l1' }, body: { response } })
  })
})
