import { describe, expect, test } from 'vitest'
import { builtinProviders } from '../builtin-providers.ts'
import { bedrockEmbed } from '../embeddings/bedrock-embed.ts'
import { cohereEmbed } from '../embeddings/cohere-embed.ts'
import type { EmbeddingsApi, EmbeddingsAnswer, EmbeddingsFormat, EmbeddingsRequest } from '../embeddings/embeddings.ts'
import { geminiEmbed } from '../embeddings/gemini-embed.ts'
import { ollamaEmbed } from '../embeddings/ollama-embed.ts'
import { openaiEmbeddings } from '../embeddings/openai-embeddings.ts'
import { vertexEmbed } from '../embeddings/vertex-embed.ts'
import { openaiModeration } from '../moderation/openai-moderation.ts'
import { createProviders } from '../provider.ts'
import { cohereRerank } from '../rerank/cohere-rerank.ts'
import { workersAIRerank } from '../rerank/workers-ai-rerank.ts'
import { hasCorpus, readTasks, type TaskCase } from './__fixtures__/task-corpus.ts'

const providers = createProviders(builtinProviders)
const formats: readonly EmbeddingsFormat[] = [openaiEmbeddings, cohereEmbed, geminiEmbed, ollamaEmbed]
const cases: readonly [string, EmbeddingsFormat, TaskCase][] = (
  [
    ['openai.embeddings', openaiEmbeddings],
    ['cohere.embed', cohereEmbed],
    ['gemini.embed', geminiEmbed],
    ['ollama.embed', ollamaEmbed],
  ] as const
).flatMap(([api, format]) =>
  readTasks(api).map((recorded): [string, EmbeddingsFormat, TaskCase] => [recorded.id, format, recorded]),
)

const request: EmbeddingsRequest = { model: 'm', inputs: ['a'], isList: true, unread: [] }
const modelOf = ({ request: sent }: TaskCase): string => /models\/([^:]+):/.exec(sent?.url ?? '')?.[1] ?? 'm'

function readAnswer(format: EmbeddingsFormat, { provider, response }: TaskCase): EmbeddingsAnswer {
  const api: EmbeddingsApi | undefined = providers.find(provider)?.embeddings
  return format.parseResponse(api?.repair?.(response.body ?? {}) ?? response.body ?? {}, request)
}

const clouds = (
  [
    ['vertex.predict', vertexEmbed],
    ['bedrock.invoke', bedrockEmbed],
  ] as const
).flatMap(([api, format]) =>
  readTasks(api)
    .filter((recorded) => recorded.expect.kind === 'embeddings')
    .map((recorded) => [recorded.id, { format, recorded }] as const),
)

/** What the recorded requests want, where they were recorded too. */
const asked = cases.flatMap(([id, format, recorded]) => {
  const { body } = recorded.request ?? {}
  return body ? [[id, { format, wanted: format.parseRequest(body, modelOf(recorded)) }] as const] : []
})

describe.skipIf(!hasCorpus)(`recorded tasks${hasCorpus ? '' : ' (skipped: ../shared/corpus is not there)'}`, () => {
  test('are all there', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40)
  })

  test.each(cases)('%s has the vectors and tokens that were recorded', (_, format, recorded) => {
    const { vectors, usage } = readAnswer(format, recorded)
    const { count, dimensions, head = [], usage: counted } = recorded.expect
    expect([vectors.length, vectors[0]?.length]).toEqual([count, dimensions])
    for (const [index, values] of head.entries()) {
      for (const [place, value] of values.entries()) expect(vectors[index]?.[place]).toBeCloseTo(value, 6)
    }
    expect(counted ? usage?.prompt_tokens : undefined).toBe(counted?.input)
  })

  test.each(clouds)('%s, of a cloud without callers of its own, has them too', (_, { format, recorded }) => {
    const { vectors, usage } = format.parseResponse(recorded.response.body ?? {}, request)
    const { count, dimensions, head = [], usage: counted } = recorded.expect
    expect([vectors.length, vectors[0]?.length]).toEqual([count, dimensions])
    expect(vectors.map((vector) => vector.slice(0, 3))).toEqual(head)
    expect(usage?.prompt_tokens).toBe(counted?.input)
  })

  test.each(cases)('%s is the same for callers of every format', (_, format, recorded) => {
    const answer = readAnswer(format, recorded)
    for (const caller of formats) {
      const again = caller.parseResponse(caller.formatResponse(answer, request), request)
      expect(again.vectors).toEqual(answer.vectors)
      expect(answer.usage ? again.usage?.prompt_tokens : undefined).toBe(answer.usage?.prompt_tokens)
    }
  })

  test.each(asked)('%s was asked for something that every format can say', (_, { format, wanted }) => {
    const { inputs, dimensions, isList } = wanted
    const isText = inputs.every((input) => typeof input === 'string')
    for (const target of formats.filter((candidate) => isText || candidate === format)) {
      const { body } = target.formatRequest(wanted)
      const again = target.parseRequest(JSON.parse(JSON.stringify(body)), wanted.model)
      expect({ inputs: again.inputs, dimensions: again.dimensions }).toEqual({ inputs, dimensions })
      expect(again.isList).toBe(target === geminiEmbed ? isList : true)
    }
  })

  test.each(readTasks('rerank').map((recorded) => [recorded.id, recorded] as const))(
    '%s ranks as recorded, for callers of both formats',
    (_, { request: sent, response, expect: { order, topScore } }) => {
      const asked = cohereRerank.parseRequest(sent?.body ?? {})
      const answer = cohereRerank.parseResponse(response.body ?? {}, asked)
      expect([answer.results.map(({ index }) => index), answer.results[0]?.score]).toEqual([order, topScore])
      for (const caller of [cohereRerank, workersAIRerank]) {
        const again = caller.parseResponse(caller.formatResponse(answer, asked), asked)
        expect(again.results).toEqual(answer.results)
      }
    },
  )

  test.each(readTasks('openai.moderations').map((recorded) => [recorded.id, recorded] as const))(
    '%s passes unchanged',
    (_, { request: sent, response }) => {
      const asked = openaiModeration.parseRequest(sent?.body ?? {})
      const answer = openaiModeration.parseResponse(response.body ?? {}, asked)
      expect(openaiModeration.formatResponse(answer, asked)).toEqual(response.body)
    },
  )
})
