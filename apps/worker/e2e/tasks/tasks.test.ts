import { RateLimitError } from 'openai'
import { describe, expect, test } from 'vitest'
import { rowsMarked, uniqueWord, upstreamRequests } from '../gateway-under-test.ts'
import { createClients } from './clients.ts'

/** What the simulator makes of a text: how often each character code is in it, modulo the dimensions. */
const vectorOf = (text: string, dimensions: number): number[] =>
  Array.from(
    { length: dimensions },
    (_, at) => [...text].filter((letter) => letter.charCodeAt(0) % dimensions === at).length,
  )

/** One row, of a success, in which the tokens are the provider's own count. */
async function expectRow(mark: string, row: { provider: string; model: string; tokens: number; cost: number | null }) {
  const rows = await rowsMarked(mark)
  const { tokens, cost, ...named } = row
  expect(rows).toMatchObject([
    { ...named, success: true, usage: { input: tokens, output: 0 }, usage_source: 'reported', cost_nano_usd: cost },
  ])
}

describe.concurrent('embeddings with the openai SDK, which asks for base64', () => {
  test.each([
    // USD per million tokens: 0.02, 0.12 and 0.15; two tokens.
    { provider: 'openai', model: 'text-embedding-3-small', path: '/v1/embeddings', cost: 40 },
    { provider: 'cohere', model: 'embed-v4.0', path: '/v2/embed', cost: 240 },
    { provider: 'mistral', model: 'codestral-embed', path: '/v1/embeddings', cost: 300 },
  ])('$provider', async ({ provider, model, path, cost }) => {
    const word = uniqueWord()
    const { openai } = createClients(word)
    const { data, usage } = await openai.embeddings.create({
      model: `${provider}/${model}`,
      input: ['aab', word],
      dimensions: 16,
    })
    expect(data.map(({ embedding }) => embedding)).toEqual([vectorOf('aab', 16), vectorOf(word, 16)])
    expect(usage).toMatchObject({ prompt_tokens: 2, total_tokens: 2 })
    expect(await upstreamRequests(word)).toMatchObject([{ provider, path, status: 200 }])
    await expectRow(word, { provider, model, tokens: 2, cost })
  })

  test('Gemini, whose first models do not count', async () => {
    const word = uniqueWord()
    const { openai } = createClients(word)
    const model = 'google-ai-studio/gemini-embedding-001'
    const { data } = await openai.embeddings.create({ model, input: ['aab', word], dimensions: 16 })
    expect(data.map(({ embedding }) => embedding)).toEqual([vectorOf('aab', 16), vectorOf(word, 16)])
    const [row] = await rowsMarked(word)
    const { usage, usage_source, cost_nano_usd } = row ?? {}
    expect(usage_source).toBe('estimated')
    // 0.15 USD per million tokens.
    expect(cost_nano_usd).toBe((usage?.input ?? 0) * 150)
    expect(cost_nano_usd).toBeGreaterThan(0)
  })

  test('an error is the SDK’s own', async () => {
    const word = uniqueWord()
    const { openai } = createClients(word)
    const error: unknown = await openai.embeddings
      .create({ model: 'cohere/embed-v4.0-fault-status-429-7', input: word })
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ message: expect.stringContaining('too many requests') })
    expect(await rowsMarked(word)).toMatchObject([{ success: false, error_type: 'rate_limit', cost_nano_usd: 0 }])
  })
})

describe.concurrent('@google/genai', () => {
  test.each([
    { provider: 'google-ai-studio', model: 'gemini-embedding-2-preview', cost: null },
    { provider: 'openai', model: 'text-embedding-3-small', cost: 40 },
  ])('embeds with $provider', async ({ provider, model, cost }) => {
    const word = uniqueWord()
    const { google } = createClients(word)
    const { embeddings } = await google.models.embedContent({
      model: `${provider}/${model}`,
      contents: `aab ${word}`,
      config: { outputDimensionality: 16 },
    })
    expect(embeddings?.map(({ values }) => values)).toEqual([vectorOf(`aab ${word}`, 16)])
    await expectRow(word, { provider, model, tokens: 2, cost })
  })

  test.each(['google-ai-studio/gemini-2.5-flash', 'anthropic/claude-sonnet-4-5', 'openai/gpt-5-mini'])(
    'has %s count',
    async (model) => {
      const word = uniqueWord()
      const { google } = createClients(word)
      const { totalTokens } = await google.models.countTokens({ model, contents: `hello ${word}` })
      expect(totalTokens).toBe(2)
      expect(await rowsMarked(word)).toMatchObject([{ success: true, cost_nano_usd: 0 }])
    },
  )
})

const tool = { name: 'f', description: 'does it', input_schema: { type: 'object' as const, properties: {} } }

test.concurrent.each(['anthropic/claude-sonnet-4-5', 'google-ai-studio/gemini-2.5-flash', 'openai/gpt-5-mini'])(
  '@anthropic-ai/sdk has %s count',
  async (model) => {
    const word = uniqueWord()
    const { anthropic } = createClients(word)
    const messages = [{ role: 'user' as const, content: `hello ${word}` }]
    const counted = await anthropic.messages.countTokens({ model, system: 'Be brief.', messages, tools: [tool] })
    // Two words, two words, and a tool of three.
    expect(counted.input_tokens).toBe(7)
    expect(await rowsMarked(word)).toMatchObject([{ surface: 'count-tokens', success: true, cost_nano_usd: 0 }])
  },
)

describe.concurrent('ollama', () => {
  test.each([
    { provider: 'openai', model: 'text-embedding-3-small', cost: 40 },
    { provider: 'ollama', model: 'nomic-embed-text', cost: 0 },
  ])('embeds with $provider', async ({ provider, model, cost }) => {
    const word = uniqueWord()
    const { ollama } = createClients(word)
    const { embeddings } = await ollama.embed({ model: `${provider}/${model}`, input: ['aab', word], dimensions: 16 })
    expect(embeddings).toEqual([vectorOf('aab', 16), vectorOf(word, 16)])
    await expectRow(word, { provider, model, tokens: 2, cost })
  })

  test('lists and shows models, and tells its version', async () => {
    const { ollama } = createClients(uniqueWord())
    const { models } = await ollama.list()
    expect(models.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['openai/gpt-4o-mini', 'anthropic/claude-sonnet-4-5']),
    )
    expect(await ollama.show({ model: 'openai/gpt-4o-mini' })).toMatchObject({
      capabilities: expect.arrayContaining(['completion']),
    })
    expect(await ollama.version()).toEqual({ version: expect.stringMatching(/^\d+\.\d+/) })
  })
})

describe.concurrent('cohere-ai on the native path', () => {
  test('embeds', async () => {
    const word = uniqueWord()
    const { cohere } = createClients(word)
    const { embeddings } = await cohere.embed({
      model: 'embed-v4.0',
      inputType: 'search_query',
      texts: [`aab ${word}`],
      embeddingTypes: ['float'],
      outputDimension: 16,
    })
    expect(embeddings.float).toEqual([vectorOf(`aab ${word}`, 16)])
    await expectRow(word, { provider: 'cohere', model: 'embed-v4.0', tokens: 2, cost: 240 })
  })

  test('reranks', async () => {
    const word = uniqueWord()
    const { cohere } = createClients(word)
    const documents = ['Paris is in France', `A ruby of ${word}`]
    const { results } = await cohere.rerank({ model: 'rerank-v3.5', query: `ruby ${word}`, documents, topN: 1 })
    expect(results).toEqual([{ index: 1, relevanceScore: 1 }])
    expect(await rowsMarked(word)).toMatchObject([{ provider: 'cohere', model: 'rerank-v3.5', success: true }])
  })

  const messages = (word: string) => [{ role: 'user' as const, content: `hello ${word}` }]
  // 2.5 and 10 USD per million tokens.
  const chatted = { provider: 'cohere', usage: { input: 2, output: 4 }, cost_nano_usd: 2 * 2500 + 4 * 10_000 }

  test('chats', async () => {
    const word = uniqueWord()
    const { cohere } = createClients(word)
    const { message } = await cohere.chat({ model: 'command-a-03-2025', messages: messages(word) })
    expect(message.content).toEqual([{ type: 'text', text: `You said: hello ${word}` }])
    expect(await rowsMarked(word)).toMatchObject([{ ...chatted, stream: false }])
  })

  test('streams', async () => {
    const word = uniqueWord()
    const { cohere } = createClients(word)
    let text = ''
    for await (const event of await cohere.chatStream({ model: 'command-a-03-2025', messages: messages(word) })) {
      if (event.type === 'content-delta') text += event.delta?.message?.content?.text ?? ''
    }
    expect(text).toBe(`You said: hello ${word}`)
    expect(await rowsMarked(word)).toMatchObject([{ ...chatted, stream: true }])
  })
})

describe.concurrent.each(['mistral', 'mistralWithoutVersion'] as const)('@mistralai/mistralai natively, %s', (name) => {
  const messages = (word: string) => [{ role: 'user' as const, content: `hello ${word}` }]
  // 0.1 and 0.3 USD per million tokens.
  const chatted = { provider: 'mistral', usage: { input: 2, output: 4 }, cost_nano_usd: 2 * 100 + 4 * 300 }
  const path = '/v1/chat/completions'

  test('chats', async () => {
    const word = uniqueWord()
    const { [name]: mistral } = createClients(word)
    const { choices } = await mistral.chat.complete({ model: 'mistral-small-latest', messages: messages(word) })
    expect(choices[0]?.message?.content).toBe(`You said: hello ${word}`)
    expect(await upstreamRequests(word)).toMatchObject([{ provider: 'mistral', path }])
    expect(await rowsMarked(word)).toMatchObject([{ ...chatted, stream: false }])
  })

  test('streams', async () => {
    const word = uniqueWord()
    const { [name]: mistral } = createClients(word)
    let text = ''
    for await (const { data } of await mistral.chat.stream({
      model: 'mistral-small-latest',
      messages: messages(word),
    })) {
      const piece = data.choices[0]?.delta.content
      if (typeof piece === 'string') text += piece
    }
    expect(text).toBe(`You said: hello ${word}`)
    expect(await upstreamRequests(word)).toMatchObject([{ provider: 'mistral', path }])
    expect(await rowsMarked(word)).toMatchObject([{ ...chatted, stream: true }])
  })

  test('embeds', async () => {
    const word = uniqueWord()
    const { [name]: mistral } = createClients(word)
    const { data } = await mistral.embeddings.create({ model: 'mistral-embed', inputs: ['aab', word] })
    expect(data.map(({ embedding }) => embedding)).toEqual([vectorOf('aab', 8), vectorOf(word, 8)])
    await expectRow(word, { provider: 'mistral', model: 'mistral-embed', tokens: 2, cost: 200 })
  })
})
