import { CohereClientV2 } from 'cohere-ai'
import { GoogleGenAI } from '@google/genai'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { cohereEmbed } from '../../src/embeddings/cohere-embed.ts'
import type { EmbeddingsFormat, EmbeddingsRequest } from '../../src/embeddings/embeddings.ts'
import { geminiEmbed } from '../../src/embeddings/gemini-embed.ts'
import { ollamaEmbed } from '../../src/embeddings/ollama-embed.ts'
import { openaiEmbeddings } from '../../src/embeddings/openai-embeddings.ts'
import type { Fetch } from './sdk-client.ts'
import { withGlobalFetch } from './with-global-fetch.ts'

/** An official client that asks for vectors. */
export interface EmbeddingsClient {
  name: string
  format: EmbeddingsFormat
  /** What it asks for, where the answer depends on it. */
  asked?: Partial<EmbeddingsRequest>
  embed(fetch: Fetch): Promise<HeardVectors>
}

export interface HeardVectors {
  vectors: readonly (readonly number[])[]
  /** `undefined` when the client has no word for it. */
  tokens?: number | undefined
}

const model = 'the-model'
const openaiOf = (fetch: Fetch) => new OpenAI({ apiKey: 'key', maxRetries: 0, fetch })

export const embeddingsClients: readonly EmbeddingsClient[] = [
  {
    // It asks for base64 unless it is told otherwise, and reads it.
    name: 'openai',
    format: openaiEmbeddings,
    asked: { encoding: 'base64' },
    embed: async (fetch) => toHeard(await openaiOf(fetch).embeddings.create({ model, input: 'a' })),
  },
  {
    name: 'openai, floats',
    format: openaiEmbeddings,
    asked: { encoding: 'float' },
    embed: async (fetch) =>
      toHeard(await openaiOf(fetch).embeddings.create({ model, input: 'a', encoding_format: 'float' })),
  },
  {
    name: 'cohere-ai',
    format: cohereEmbed,
    embed: async (fetch) => {
      const client = new CohereClientV2({ token: 'key', maxRetries: 0, fetch })
      const { embeddings, meta } = await client.embed({
        model,
        inputType: 'search_document',
        embeddingTypes: ['float'],
        texts: ['a'],
      })
      return { vectors: embeddings.float ?? [], tokens: meta?.billedUnits?.inputTokens }
    },
  },
  {
    name: '@google/genai',
    format: geminiEmbed,
    embed: async (fetch) => {
      const { models } = new GoogleGenAI({ apiKey: 'key' })
      const { embeddings = [] } = await withGlobalFetch(fetch, () => models.embedContent({ model, contents: ['a'] }))
      return { vectors: embeddings.map(({ values = [] }) => values) }
    },
  },
  {
    name: 'ollama',
    format: ollamaEmbed,
    embed: async (fetch) => {
      const { embeddings, prompt_eval_count } = await new Ollama({ fetch }).embed({ model, input: 'a' })
      return { vectors: embeddings, tokens: prompt_eval_count }
    },
  },
]

function toHeard({ data, usage }: OpenAI.CreateEmbeddingResponse): HeardVectors {
  return { vectors: data.map(({ embedding }) => embedding), tokens: usage.prompt_tokens }
}
