import type { LanguageModelV4Prompt } from '@ai-sdk/provider'
import { describe, expect, test } from 'vitest'
import { collect, sse, sseResponse } from '../__fixtures__/streams.ts'
import { AISearchChatLanguageModel, AutoRAGChatLanguageModel } from './ai-search-chat-language-model.ts'
import { createAISearch, createAutoRAG } from './create-ai-search.ts'

const prompt: LanguageModelV4Prompt = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: [{ type: 'text', text: 'What is gw?' }] },
]
const query = 'system: Be brief.\n\nuser: What is gw?'
const found = { file_id: 'f1', filename: 'docs/gw.md', score: 0.8, attributes: {}, content: [] }
const source = {
  type: 'source',
  sourceType: 'url',
  id: 'f1',
  url: 'docs/gw.md',
  title: 'docs/gw.md',
  providerMetadata: { attributes: { score: 0.8 } },
}

function search(answer: () => unknown) {
  const asked: object[] = []
  const binding = {
    aiSearch: async (params: { query: string }) => {
      asked.push(params)
      return answer()
    },
  }
  return { binding, asked }
}

describe('an AI Search answer', () => {
  const answer = {
    object: 'vector_store.search_results.page',
    search_query: 'gw',
    response: 'A gateway.',
    data: [found],
  }

  test('has its sources and then the text', async () => {
    const { binding, asked } = search(() => answer)
    const model = createAISearch({ binding })({ max_num_results: 3 })
    expect([model.provider, model.modelId]).toEqual(['aisearch.chat', '@cf/meta/llama-3.3-70b-instruct-fp8-fast'])
    const { content, finishReason, warnings } = await model.doGenerate({ prompt })
    expect(content).toEqual([source, { type: 'text', text: 'A gateway.' }])
    expect(finishReason).toEqual({ unified: 'stop', raw: 'stop' })
    expect(warnings).toEqual([])
    expect(asked).toEqual([{ query, max_num_results: 3 }])
  })

  test('streams, with its sources where the stream names them', async () => {
    const { binding, asked } = search(() =>
      sseResponse(sse({ data: [found], response: '' }, { response: 'A gateway.' }, '[DONE]')),
    )
    const { stream } = await createAISearch({ binding }).chat().doStream({ prompt })
    expect((await collect(stream)).slice(2)).toMatchObject([
      source,
      { type: 'text-start' },
      { type: 'text-delta', delta: 'A gateway.' },
      { type: 'text-end' },
      { type: 'finish', finishReason: { unified: 'stop' } },
    ])
    expect(asked).toEqual([{ query, stream: true }])
  })

  test('warns of everything that a search has no use for', async () => {
    const { binding } = search(() => answer)
    const { warnings } = await createAISearch({ binding })({ safePrompt: true }).doGenerate({
      prompt,
      temperature: 0,
      seed: 1,
      maxOutputTokens: 5,
      frequencyPenalty: 1,
      presencePenalty: 1,
      reasoning: 'low',
      tools: [{ type: 'function', name: 'now', inputSchema: {} }],
      responseFormat: { type: 'json' },
    })
    expect(warnings.map((warning) => 'feature' in warning && warning.feature).toSorted()).toEqual([
      'frequencyPenalty',
      'maxOutputTokens',
      'presencePenalty',
      'reasoning',
      'responseFormat',
      'safePrompt',
      'seed',
      'temperature',
      'tools',
    ])
  })

  test('is an APICallError where the search fails', async () => {
    const { binding } = search(() => {
      throw new Error('3040: Capacity exceeded')
    })
    const model = createAISearch({ binding })()
    await expect(model.doGenerate({ prompt })).rejects.toMatchObject({ name: 'AI_APICallError', isRetryable: true })
    await expect(model.doStream({ prompt })).rejects.toMatchObject({ statusCode: 429 })
  })
})

test('AutoRAG is AI Search under its old name, and says so', async () => {
  const { binding } = search(() => ({ response: 'x', data: [] }))
  const model = createAutoRAG({ binding })()
  expect(model).toBeInstanceOf(AISearchChatLanguageModel)
  expect(new AutoRAGChatLanguageModel('m', {}, { provider: 'p', binding }).provider).toBe('p')
  expect(model.provider).toBe('autorag.chat')
  const { warnings } = await model.doGenerate({ prompt })
  expect(warnings).toMatchObject([{ type: 'deprecated', setting: 'createAutoRAG' }])
})
