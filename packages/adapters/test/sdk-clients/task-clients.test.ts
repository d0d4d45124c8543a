import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import { CohereClientV2 } from 'cohere-ai'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { builtinProviders } from '../../src/builtin-providers.ts'
import { cohereEmbed } from '../../src/embeddings/cohere-embed.ts'
import type { EmbeddingsAnswer, EmbeddingsRequest } from '../../src/embeddings/embeddings.ts'
import { geminiEmbed } from '../../src/embeddings/gemini-embed.ts'
import { ollamaEmbed } from '../../src/embeddings/ollama-embed.ts'
import { openaiEmbeddings } from '../../src/embeddings/openai-embeddings.ts'
import { openaiModeration } from '../../src/moderation/openai-moderation.ts'
import { createProviders } from '../../src/provider.ts'
import { cohereRerank } from '../../src/rerank/cohere-rerank.ts'
import { hasCorpus, readTasks, type TaskCase } from '../../src/tasks/__fixtures__/task-corpus.ts'
import { anthropicCount, geminiCount, readTokenCount } from '../../src/tokens/token-count.ts'
import { answerWith } from './fake-fetch.ts'
import { embeddingsClients } from './task-clients.ts'
import { withGlobalFetch } from './with-global-fetch.ts'

const model = 'the-model'
const request: EmbeddingsRequest = { model, inputs: ['a'], isList: true, unread: [] }
const providers = createProviders(builtinProviders)

const embedded: readonly [string, EmbeddingsAnswer][] = (
  [
    ['openai.embeddings', openaiEmbeddings],
    ['cohere.embed', cohereEmbed],
    ['gemini.embed', geminiEmbed],
    ['ollama.embed', ollamaEmbed],
  ] as const
).flatMap(([api, format]) =>
  readTasks(api).map(({ id, provider, response: { body = {} } }): [string, EmbeddingsAnswer] => {
    const repaired = providers.find(provider)?.embeddings?.repair?.(body) ?? body
    return [id, format.parseResponse(repaired, request)]
  }),
)

const titled = (recorded: readonly TaskCase[]) => recorded.map((one) => [one.id, one] as const)
const counted = [...readTasks('anthropic.count_tokens'), ...readTasks('gemini.countTokens')]

describe.skipIf(!hasCorpus)(`official clients${hasCorpus ? '' : ' (skipped: ../shared/corpus is not there)'}`, () => {
  describe.each(embeddingsClients.map((client) => [client.name, client] as const))(
    '%s',
    (_, { format, asked, embed }) => {
      test.each(embedded)('reads the vectors of %s', async (_, answer) => {
        const heard = await embed(answerWith(format.formatResponse(answer, { ...request, ...asked })))
        const isRounded = asked?.encoding === 'base64'
        const vectors = isRounded ? answer.vectors.map((vector) => vector.map(Math.fround)) : answer.vectors
        expect(heard.vectors).toEqual(vectors)
        expect(heard.tokens).toBe('tokens' in heard ? (answer.usage?.prompt_tokens ?? 0) : undefined)
      })
    },
  )

  test.each(titled(readTasks('rerank')))('cohere-ai reads the ranks of %s', async (_, { request: sent, response }) => {
    const asked = cohereRerank.parseRequest(sent?.body ?? {})
    const answer = cohereRerank.parseResponse(response.body ?? {}, asked)
    const fetch = answerWith(cohereRerank.formatResponse(answer, asked))
    const { query, documents } = asked
    const { results } = await new CohereClientV2({ token: 'key', fetch }).rerank({ model, query, documents })
    expect(results.map(({ index, relevanceScore }) => ({ index, score: relevanceScore }))).toEqual(answer.results)
  })

  test.each(titled(counted))('both clients read the count of %s', async (_, { response, expect: { inputTokens } }) => {
    const tokens = readTokenCount(response.body ?? {}) ?? 0
    const anthropic = new Anthropic({ apiKey: 'key', fetch: answerWith(anthropicCount.formatCount(tokens)) })
    const messages = [{ role: 'user' as const, content: 'Hi' }]
    const { input_tokens } = await anthropic.messages.countTokens({ model, messages })
    const { totalTokens } = await withGlobalFetch(answerWith(geminiCount.formatCount(tokens)), () =>
      new GoogleGenAI({ apiKey: 'key' }).models.countTokens({ model, contents: 'Hi' }),
    )
    expect([input_tokens, totalTokens]).toEqual([inputTokens, inputTokens])
  })

  test.each(titled(readTasks('openai.moderations')))('openai reads %s', async (_, { request: sent, response }) => {
    const asked = openaiModeration.parseRequest(sent?.body ?? {})
    const answer = openaiModeration.parseResponse(response.body ?? {}, asked)
    const fetch = answerWith(openaiModeration.formatResponse(answer, asked))
    const { results } = await new OpenAI({ apiKey: 'key', fetch }).moderations.create({ input: 'Hi' })
    expect(results).toEqual(response.body?.['results'])
  })
})
