import Anthropic from '@anthropic-ai/sdk'
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime'
import { GoogleGenAI } from '@google/genai'
import { createAiGateway } from '@gw/ai-sdk-provider'
import { createOpenAI } from '@gw/ai-sdk-provider/providers/openai'
import { generateText, streamText } from 'ai'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { adminKey, gatewayKey, gatewayUrl, rowsMarked, uniqueWord, upstreamRequests } from './gateway-under-test.ts'

/** What a request is marked with, so that its rows are found, and what switches the cache on. */
const marks = (word: string): Record<string, string> => ({
  'cf-aig-metadata': JSON.stringify({ mark: word }),
  'cf-aig-cache-key': word,
})

const openai = (word: string): OpenAI =>
  new OpenAI({ apiKey: gatewayKey, baseURL: `${gatewayUrl}/v1`, maxRetries: 0, defaultHeaders: marks(word) })
const anthropic = (word: string): Anthropic =>
  new Anthropic({ apiKey: gatewayKey, baseURL: gatewayUrl, maxRetries: 0, defaultHeaders: marks(word) })
const gemini = (word: string): GoogleGenAI =>
  new GoogleGenAI({ apiKey: gatewayKey, httpOptions: { baseUrl: gatewayUrl, headers: marks(word) } })
const ollama = (word: string): Ollama =>
  new Ollama({ host: gatewayUrl, headers: { authorization: `Bearer ${gatewayKey}`, ...marks(word) } })
const aiSdk = (word: string) =>
  createAiGateway({
    baseURL: `${gatewayUrl}/v1`,
    apiKey: gatewayKey,
    options: { cacheKey: word, cacheTtl: 60, metadata: { mark: word } },
  })([createOpenAI()('gpt-4o-mini')])

/** The AWS SDK takes no headers of one's own but by its middleware. */
function bedrock(word: string): BedrockRuntimeClient {
  const client = new BedrockRuntimeClient({
    endpoint: `${gatewayUrl}/v1/acc/default/aws-bedrock/bedrock-runtime/us-east-1/`,
    region: 'us-east-1',
    token: { token: gatewayKey },
    authSchemePreference: ['httpBearerAuth'],
    requestHandler: new NodeHttpHandler(),
    maxAttempts: 1,
  })
  client.middlewareStack.add(
    (next) => (args) => {
      Object.assign(Object(args.request)['headers'], marks(word))
      return next(args)
    },
    { step: 'finalizeRequest', priority: 'low' },
  )
  return client
}

const messagesOf = (word: string) => [{ role: 'user' as const, content: `hello ${word}` }]
const claude = 'anthropic.claude-sonnet-4-5-20250929-v1:0'
const conversation = (word: string) => [{ role: 'user' as const, content: [{ text: `hello ${word}` }] }]

async function joined<T>(stream: AsyncIterable<T>, textOf: (event: T) => string | null | undefined): Promise<string> {
  let text = ''
  for await (const event of stream) text += textOf(event) ?? ''
  return text
}

const clients: readonly [string, (word: string) => Promise<string>][] = [
  [
    'openai, chat',
    async (word) => {
      const { choices } = await openai(word).chat.completions.create({
        model: 'openai/gpt-4o-mini',
        messages: messagesOf(word),
      })
      return choices[0]?.message.content ?? ''
    },
  ],
  [
    'openai, chat stream',
    async (word) =>
      joined(
        await openai(word).chat.completions.create({
          model: 'anthropic/claude-sonnet-4-5',
          messages: messagesOf(word),
          stream: true,
        }),
        ({ choices }) => choices[0]?.delta.content,
      ),
  ],
  [
    'openai, responses',
    async (word) =>
      (await openai(word).responses.create({ model: 'openai/gpt-5-mini', input: `hello ${word}` })).output_text,
  ],
  [
    'openai, responses stream of another provider, which the gateway keeps',
    async (word) =>
      joined(
        await openai(word).responses.create({
          model: 'anthropic/claude-sonnet-4-5',
          input: `hello ${word}`,
          stream: true,
        }),
        (event) => (event.type === 'response.output_text.delta' ? event.delta : ''),
      ),
  ],
  [
    'openai, embeddings',
    async (word) => {
      const { data } = await openai(word).embeddings.create({
        model: 'openai/text-embedding-3-small',
        input: `hello ${word}`,
        dimensions: 4,
      })
      return `hello ${word} ${data[0]?.embedding.length}`
    },
  ],
  [
    '@anthropic-ai/sdk, messages',
    async (word) => {
      const { content } = await anthropic(word).messages.create({
        model: 'anthropic/claude-sonnet-4-5',
        max_tokens: 50,
        messages: messagesOf(word),
      })
      return content.map((block) => (block.type === 'text' ? block.text : '')).join('')
    },
  ],
  [
    '@anthropic-ai/sdk, messages stream',
    async (word) =>
      anthropic(word)
        .messages.stream({ model: 'anthropic/claude-sonnet-4-5', max_tokens: 50, messages: messagesOf(word) })
        .finalText(),
  ],
  [
    '@google/genai',
    async (word) =>
      (
        await gemini(word).models.generateContent({
          model: 'google-ai-studio/gemini-2.5-flash',
          contents: `hello ${word}`,
        })
      ).text ?? '',
  ],
  [
    '@google/genai, stream',
    async (word) =>
      joined(
        await gemini(word).models.generateContentStream({
          model: 'google-ai-studio/gemini-2.5-flash',
          contents: `hello ${word}`,
        }),
        ({ text }) => text,
      ),
  ],
  [
    'ollama, lines',
    async (word) =>
      joined(
        await ollama(word).chat({ model: 'openai/gpt-4o-mini', messages: messagesOf(word), stream: true }),
        ({ message }) => message.content,
      ),
  ],
  [
    '@aws-sdk, Converse',
    async (word) => {
      const { output } = await bedrock(word).send(
        new ConverseCommand({ modelId: claude, messages: conversation(word) }),
      )
      return output?.message?.content?.map(({ text }) => text ?? '').join('') ?? ''
    },
  ],
  [
    '@aws-sdk, ConverseStream in binary frames',
    async (word) => {
      const { stream } = await bedrock(word).send(
        new ConverseStreamCommand({ modelId: claude, messages: conversation(word) }),
      )
      const events: AsyncIterable<ConverseStreamOutput> = stream ?? (async function* () {})()
      return joined(events, (event) => event.contentBlockDelta?.delta?.text)
    },
  ],
  ['AI SDK', async (word) => (await generateText({ model: aiSdk(word), prompt: `hello ${word}` })).text],
  [
    'AI SDK, stream',
    async (word) => joined(streamText({ model: aiSdk(word), prompt: `hello ${word}` }).textStream, String),
  ],
]

describe.concurrent('published clients get the answer of before', () => {
  test.each(clients)('%s: MISS, then HIT', async (_, ask) => {
    const word = uniqueWord()
    const first = await ask(word)
    expect(first).toContain(`hello ${word}`)
    await rowsMarked(word)
    expect(await ask(word)).toBe(first)
    const rows = await rowsMarked(word, 2)
    expect(rows.map(({ cache_status: status, usage_source: source }) => [status, source])).toEqual([
      ['HIT', 'cached'],
      ['MISS', 'reported'],
    ])
    expect(rows.map(({ cost_nano_usd: cost }) => cost === 0)).toEqual([true, false])
    expect(rows[0]?.saved_nano_usd).toBe(rows[1]?.cost_nano_usd)
    expect(await upstreamRequests(word)).toHaveLength(1)
  })

  test('Gemini’s JSON array that grows', async () => {
    const word = uniqueWord()
    const ask = async (): Promise<string> => {
      const response = await fetch(
        `${gatewayUrl}/v1beta/models/google-ai-studio%2Fgemini-2.5-flash:streamGenerateContent`,
        {
          method: 'POST',
          headers: { 'x-goog-api-key': gatewayKey, 'content-type': 'application/json', ...marks(word) },
          body: JSON.stringify({ contents: [{ role: 'user', parts: [{ text: `hello ${word}` }] }] }),
        },
      )
      return `${response.headers.get('cf-aig-cache-status')} ${await response.text()}`
    }
    const first = await ask()
    await rowsMarked(word)
    expect(await ask()).toBe(first.replace('MISS', 'HIT'))
    expect(JSON.parse(first.replace('MISS ', ''))).toBeInstanceOf(Array)
  })

  test('an answer that can be resumed', async () => {
    const word = uniqueWord()
    const ask = async () => {
      const { data, response } = await openai(word)
        .chat.completions.create(
          { model: 'openai/gpt-4o-mini', messages: messagesOf(word), stream: true },
          { headers: { 'gw-resumable': 'true' } },
        )
        .withResponse()
      const text = await joined(data, ({ choices }) => choices[0]?.delta.content)
      return [text, response.headers.get('cf-aig-cache-status'), response.headers.get('cf-aig-run-id')?.length]
    }
    expect(await ask()).toEqual([`You said: hello ${word}`, 'MISS', 64])
    await rowsMarked(word)
    expect(await ask()).toEqual([`You said: hello ${word}`, 'HIT', 64])
  })

  test('of twenty equal requests one goes to the provider', async () => {
    const word = uniqueWord()
    const model = 'openai/gpt-4o-mini+words:20+pace:20'
    const client = openai(word)
    const texts = await Promise.all(
      Array.from({ length: 20 }, async () =>
        joined(
          await client.chat.completions.create({ model, messages: messagesOf(word), stream: true }),
          ({ choices }) => choices[0]?.delta.content,
        ),
      ),
    )
    expect([new Set(texts).size, (await upstreamRequests(word)).length]).toEqual([1, 1])
  })

  test('a gateway of the control plane, purged', async () => {
    const word = uniqueWord()
    const admin = (method: string, path: string, body?: object) =>
      fetch(`${gatewayUrl}/api/gateways/${word}${path}`, {
        method,
        headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
    await admin('PUT', '', { settings: { cache_ttl: 60 } })
    const client = new OpenAI({
      apiKey: gatewayKey,
      baseURL: `${gatewayUrl}/v1/acc/${word}/compat`,
      defaultHeaders: { 'cf-aig-metadata': JSON.stringify({ mark: word }) },
    })
    const ask = async () => {
      const call = client.chat.completions.create({ model: 'openai/gpt-4o-mini', messages: messagesOf(word) })
      return (await call.withResponse()).response.headers.get('cf-aig-cache-status')
    }
    expect(await ask()).toBe('MISS')
    await rowsMarked(word)
    expect(await ask()).toBe('HIT')
    expect((await admin('POST', '/cache/purge')).status).toBe(204)
    expect(await ask()).toBe('MISS')
  })
})
