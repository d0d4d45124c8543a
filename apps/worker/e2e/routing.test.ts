import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import { createAiGateway, type AiGatewayOptions } from '@gw/ai-sdk-provider'
import { createAiBinding } from '@gw/workers-ai-delegate'
import { generateText, streamText } from 'ai'
import { createAiGateway as createCloudflareGateway } from 'ai-gateway-provider'
import { createUnified } from 'ai-gateway-provider/providers/unified'
import { Ollama } from 'ollama'
import OpenAI, { BadRequestError } from 'openai'
import { describe, expect, test } from 'vitest'
import {
  adminKey,
  gatewayKey,
  gatewayUrl,
  rowOf,
  rowsMarked,
  uniqueWord,
  upstreamRequests,
} from './gateway-under-test.ts'

/** Blended 3:1, USD per million tokens: 0.2625, 2, 6; quality 5, 7, 9 (list prices and priors of 2026-11). */
const [mini, haiku, sonnet] = [
  'openai/gpt-4o-mini',
  'anthropic/claude-haiku-4-5',
  'anthropic/claude-sonnet-4-5',
] as const
const pool = [mini, haiku, sonnet]

const admin = (method: string, path: string, body: object) =>
  fetch(`${gatewayUrl}/api/${path}`, {
    method,
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** A gateway of its own, set as an operator would set it. @returns its id, which is a word of its own too */
async function createRouting(settings: object): Promise<string> {
  const id = uniqueWord()
  const response = await admin('PUT', `gateways/${id}`, { settings })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return id
}

const headersOf = (id: string, more: Record<string, string> = {}): Record<string, string> => ({
  'cf-aig-metadata': JSON.stringify({ mark: id }),
  'cf-aig-gateway-id': id,
  ...more,
})
const openai = (id: string, more: Record<string, string> = {}): OpenAI =>
  new OpenAI({ apiKey: gatewayKey, baseURL: `${gatewayUrl}/v1`, maxRetries: 0, defaultHeaders: headersOf(id, more) })
const anthropic = (id: string): Anthropic =>
  new Anthropic({ apiKey: gatewayKey, baseURL: gatewayUrl, maxRetries: 0, defaultHeaders: headersOf(id) })
const gemini = (id: string): GoogleGenAI =>
  new GoogleGenAI({ apiKey: gatewayKey, httpOptions: { baseUrl: gatewayUrl, headers: headersOf(id) } })
const ollama = (id: string): Ollama =>
  new Ollama({ host: gatewayUrl, headers: { authorization: `Bearer ${gatewayKey}`, ...headersOf(id) } })
const aiSdk = (id: string, options: AiGatewayOptions = {}) =>
  createAiGateway({
    baseURL: `${gatewayUrl}/v1`,
    apiKey: gatewayKey,
    gateway: id,
    options: { metadata: { mark: id }, ...options },
  })
/** Cloudflare's own client, unchanged. */
const cloudflare = (id: string) =>
  createCloudflareGateway({
    binding: createAiBinding({ baseURL: gatewayUrl, token: gatewayKey }).gateway(id),
    options: { metadata: { mark: id } },
  })

const messagesOf = (word: string) => [{ role: 'user' as const, content: `hello ${word}` }]

async function joined<T>(stream: AsyncIterable<T>, textOf: (event: T) => string | null | undefined): Promise<string> {
  let text = ''
  for await (const event of stream) text += textOf(event) ?? ''
  return text
}

type Client = readonly [string, (id: string, model: string) => Promise<string>]

const clients: readonly Client[] = [
  [
    'openai, chat',
    async (id, model) =>
      (await openai(id).chat.completions.create({ model, messages: messagesOf(id) })).choices[0]?.message.content ?? '',
  ],
  [
    'openai, chat stream',
    async (id, model) =>
      joined(
        await openai(id).chat.completions.create({ model, messages: messagesOf(id), stream: true }),
        ({ choices }) => choices[0]?.delta.content,
      ),
  ],
  [
    'openai, responses',
    async (id, model) => (await openai(id).responses.create({ model, input: `hello ${id}` })).output_text,
  ],
  [
    '@anthropic-ai/sdk, messages',
    async (id, model) => {
      const { content } = await anthropic(id).messages.create({ model, max_tokens: 50, messages: messagesOf(id) })
      return content.map((block) => (block.type === 'text' ? block.text : '')).join('')
    },
  ],
  [
    '@anthropic-ai/sdk, messages stream',
    async (id, model) =>
      anthropic(id)
        .messages.stream({ model, max_tokens: 50, messages: messagesOf(id) })
        .finalText(),
  ],
  [
    '@google/genai',
    async (id, model) => (await gemini(id).models.generateContent({ model, contents: `hello ${id}` })).text ?? '',
  ],
  [
    '@google/genai, stream',
    async (id, model) =>
      joined(await gemini(id).models.generateContentStream({ model, contents: `hello ${id}` }), ({ text }) => text),
  ],
  [
    'ollama, stream',
    async (id, model) =>
      joined(
        await ollama(id).chat({ model, messages: messagesOf(id), stream: true }),
        ({ message }) => message.content,
      ),
  ],
  [
    '@gw/ai-sdk-provider',
    async (id, model) => (await generateText({ model: aiSdk(id)(model), prompt: `hello ${id}` })).text,
  ],
  [
    '@gw/ai-sdk-provider, stream',
    async (id, model) => joined(streamText({ model: aiSdk(id)(model), prompt: `hello ${id}` }).textStream, String),
  ],
  [
    'ai-gateway-provider',
    async (id, model) =>
      (await generateText({ model: cloudflare(id)(createUnified()(model)), prompt: `hello ${id}` })).text,
  ],
]

const nameOf = ({ provider, model }: { provider: string | null; model: string | null }) => `${provider}/${model}`

describe.concurrent('published clients leave the choice to the gateway', () => {
  const names = [
    ['auto/cheapest', mini],
    ['auto/quality', sonnet],
    ['auto', haiku],
  ] as const

  test.each(clients)('%s', async (_, ask) => {
    for (const [model, chosen] of names) {
      const strategy = model.split('/')[1] ?? 'cheapest'
      const constraints = model === 'auto' ? { deny: [mini] } : {}
      const id = await createRouting({ routing: { models: pool, strategy: 'cheapest', constraints } })
      expect([model, await ask(id, model)]).toEqual([model, `You said: hello ${id}`])
      const [row] = await rowsMarked(id)
      expect(row).toMatchObject({ requested_model: model, gateway_id: id, success: true })
      expect([model, nameOf(row ?? { provider: null, model: null })]).toEqual([model, chosen])
      expect(row?.routing).toMatchObject({ strategy, candidates: 3 })
      expect((await upstreamRequests(id)).map(({ provider }) => provider)).toEqual([row?.provider])
    }
  })

  test('openai, embeddings: the cheapest of the pool that embeds', async () => {
    // $0.02 and $0.13 a million.
    const models = ['openai/text-embedding-3-large', 'openai/text-embedding-3-small', mini]
    const id = await createRouting({ routing: { models } })
    const { data } = await openai(id).embeddings.create({ model: 'auto/cheapest', input: `hello ${id}`, dimensions: 4 })
    expect(data[0]?.embedding).toHaveLength(4)
    const [row] = await rowsMarked(id)
    expect(row).toMatchObject({ model: 'text-embedding-3-small', routing: { candidates: 3, needs: ['embedding'] } })
  })

  test('a model is called by the name that the pool has for it', async () => {
    const id = await createRouting({ routing: { models: ['mistral/mistral-large-latest'] } })
    await openai(id).chat.completions.create({ model: 'auto', messages: messagesOf(id) })
    const [request] = await upstreamRequests(id)
    expect(request?.body).toMatchObject({ model: 'mistral-large-latest' })
  })
})

describe.concurrent('settings of a gateway', () => {
  const ask = async (id: string, model: string, more: Record<string, string> = {}) => {
    const call = openai(id, more).chat.completions.create({ model, messages: messagesOf(id) })
    const { response } = await call.withResponse()
    return rowOf(response.headers.get('cf-aig-log-id'))
  }

  test('its strategy, constraints and own values decide', async () => {
    const cheap = await createRouting({ routing: { models: pool, strategy: 'cheapest' } })
    expect(nameOf(await ask(cheap, 'auto'))).toBe(mini)
    const bounded = await createRouting({
      routing: { models: pool, strategy: 'quality', constraints: { max_price: 3 } },
    })
    expect(nameOf(await ask(bounded, 'auto'))).toBe(haiku)
    const overridden = await createRouting({
      routing: { models: pool, strategy: 'quality', overrides: { 'openai/*': { quality: 10 } } },
    })
    expect(nameOf(await ask(overridden, 'auto'))).toBe(mini)
  })

  test('a caller narrows them, with a header and with the AI SDK', async () => {
    const id = await createRouting({ routing: { models: pool } })
    const header = { 'gw-constraints': '{"min_quality":8}' }
    expect(nameOf(await ask(id, 'auto/cheapest', header))).toBe(sonnet)
    const model = aiSdk(id, { constraints: { min_quality: 6, max_price: 5 } })('auto/cheapest')
    const { providerMetadata } = await generateText({ model, prompt: `hello ${id}` })
    expect(providerMetadata?.['gateway']).toMatchObject({ provider: 'anthropic', model: 'claude-haiku-4-5' })
  })

  test('a constraint that is wrong, and one that nothing satisfies, are 400s of the SDK', async () => {
    const id = await createRouting({ routing: { models: pool } })
    const failed = (header: string) =>
      ask(id, 'auto', { 'gw-constraints': header }).then(
        () => 'It was answered.',
        (error: unknown) => error,
      )
    const wrong = await failed('{"max_price":"cheap"}')
    expect(wrong).toBeInstanceOf(BadRequestError)
    expect(wrong).toMatchObject({ param: 'gw-constraints', message: expect.stringContaining('max_price') })
    const none = await failed('{"max_price":0.01}')
    expect(none).toBeInstanceOf(BadRequestError)
    expect(none).toMatchObject({ code: 'no_eligible_target', message: expect.stringContaining('3 × max_price') })
    expect(await failed('{"max_price":')).toBeInstanceOf(BadRequestError)
    expect(await upstreamRequests(id)).toEqual([])
  })

  test('rules lead on after a failure, also of a stream before its first output', async () => {
    const id = await createRouting({ fallbacks: [{ models: ['openai/*'], on: ['upstream_error'], to: [haiku] }] })
    expect(await ask(id, `${mini}+status:500`)).toMatchObject({
      model: 'claude-haiku-4-5',
      step: 1,
      routing: { fallbacks: [{ from: `${mini}+status:500`, error_type: 'upstream_error', to: haiku }] },
    })
    const stream = await openai(id).chat.completions.create({
      model: `${mini}+preamble-error`,
      messages: messagesOf(id),
      stream: true,
    })
    expect(await joined(stream, ({ choices }) => choices[0]?.delta.content)).toBe(`You said: hello ${id}`)
    await expect(ask(id, `${mini}+status:400`)).rejects.toBeInstanceOf(BadRequestError)
  })

  test.each<[string, object, string]>([
    ['a strategy that there is not', { routing: { strategy: 'best' } }, 'settings.routing.strategy'],
    [
      'a constraint that there is not',
      { routing: { constraints: { colour: 1 } } },
      'settings.routing.constraints.colour',
    ],
    ['a model without its provider', { routing: { models: ['gpt-4o'] } }, 'settings.routing.models.0'],
    ['a quality past ten', { routing: { overrides: { 'openai/*': { quality: 11 } } } }, 'settings.routing.overrides'],
    ['a weight below nothing', { routing: { weights: { cost: -1 } } }, 'settings.routing.weights.cost'],
    ['rules that are no list', { fallbacks: { to: [] } }, 'settings.fallbacks'],
    ['a rule that leads nowhere', { fallbacks: [{ models: ['openai/*'] }] }, '[0].to'],
    ['a failure that there is not', { fallbacks: [{ on: ['boredom'], to: 'stop' }] }, '[0].on'],
    ['a word that there is not', { fallbacks: [{ to: 'elsewhere' }] }, '[0].to'],
  ])('%s is refused, and the field is named', async (_, settings, field) => {
    const id = uniqueWord()
    const response = await admin('PUT', `gateways/${id}`, { settings })
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(field)])
    await expect(ask(id, mini)).rejects.toMatchObject({ code: 'gateway_not_found' })
  })
})

describe.concurrent('explained', () => {
  test('gw-explain answers a request with the choice alone', async () => {
    const id = await createRouting({ routing: { models: pool } })
    const tools = [{ type: 'function' as const, function: { name: 'f', parameters: {} } }]
    const asked = { model: 'auto/cheapest', messages: messagesOf(id), tools, max_completion_tokens: 20_000 }
    const said: unknown = await openai(id, { 'gw-explain': 'true' }).chat.completions.create(asked)
    // gpt-4o-mini gives 16,384 tokens at most.
    expect(said).toMatchObject({
      object: 'routing.decision',
      strategy: 'cheapest',
      chosen: haiku,
      needs: ['chat', 'tools'],
      output_tokens: 20_000,
      ranked: [
        { id: haiku, usd_per_million: 2, quality: { value: 7, from: 'prior' } },
        { id: sonnet, usd_per_million: 6 },
      ],
      rejected: [{ id: mini, reasons: [{ code: 'max_output' }] }],
    })
    expect(await upstreamRequests(id)).toEqual([])
    expect(await rowsMarked(id)).toMatchObject([{ cost_nano_usd: 0, success: true }])
  })

  test('gw-explain tells a key of what it may not use, and not that it may not ask', async () => {
    const id = await createRouting({ routing: { models: pool } })
    const made = await admin('POST', 'gateway-keys', { name: id, scopes: { models: ['groq/*'] } })
    const { key } = Object(await made.json())
    const response = await fetch(`${gatewayUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        ...headersOf(id),
        'gw-explain': 'true',
      },
      body: JSON.stringify({ model: 'auto', messages: messagesOf(id) }),
    })
    expect([response.status, await response.json()]).toEqual([
      200,
      expect.objectContaining({
        chosen: null,
        ranked: [],
        rejected: [haiku, sonnet, mini].map((target) =>
          expect.objectContaining({ id: target, reasons: [expect.objectContaining({ code: 'scope' })] }),
        ),
      }),
    ])
  })

  test('POST /api/router/explain says the same without a request', async () => {
    const id = await createRouting({ routing: { models: pool, strategy: 'quality' } })
    const explain = async (question: object) => {
      const response = await admin('POST', 'router/explain', { gateway_id: id, ...question })
      return Object(await response.json())
    }
    expect(await explain({})).toMatchObject({
      strategy: 'quality',
      chosen: sonnet,
      input_tokens: 1000,
      output_tokens: 1000,
    })
    expect(await explain({ model: 'auto/cheapest', needs: ['reasoning'] })).toMatchObject({ chosen: haiku })
    expect(await explain({ constraints: { max_price: 1 } })).toMatchObject({ chosen: mini })
    expect(await explain({ input_tokens: 150_000 })).toMatchObject({
      rejected: [{ id: mini, reasons: [{ code: 'context' }] }],
    })
    expect(await explain({ task: 'embeddings' })).toMatchObject({ chosen: null, ranked: [] })
  })

  test.each<[string, object, number, string]>([
    ['a model that is no strategy', { model: mini }, 400, 'model'],
    ['a field that there is not', { modle: 'auto' }, 400, 'modle'],
    ['a task that there is not', { task: 'poems' }, 400, 'task'],
    ['tokens below nothing', { input_tokens: -1 }, 400, 'input_tokens'],
    ['a constraint of the wrong kind', { constraints: { max_price: 'x' } }, 400, 'constraints.max_price'],
    ['a need that there is not', { needs: ['telepathy'] }, 400, 'needs.0'],
    ['a body that is no request', { body: { messages: 5 } }, 400, 'messages'],
    ['a gateway that there is not', { gateway_id: 'nobodys' }, 400, 'nobodys'],
    ['a key that there is not', { gateway_key_id: 'nobodys' }, 404, 'gateway_key_id'],
    ['a strategy that there is not', { model: 'auto/best' }, 404, 'auto/cheapest'],
  ])('explain: %s is refused by name', async (_, question, ...[status, field]) => {
    const response = await admin('POST', 'router/explain', question)
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(field)])
  })
})

describe.concurrent('what would have been', () => {
  test('under another policy, from the rows of the gateway', async () => {
    const id = await createRouting({ routing: { models: pool, strategy: 'quality' } })
    const from = Date.now() - 1000
    for (let count = 0; count < 2; count += 1) {
      await openai(id).chat.completions.create({ model: 'auto', messages: messagesOf(id) })
    }
    await rowsMarked(id, 2)
    const policy = { models: pool, strategy: 'cheapest' }
    const response = await admin('POST', 'router/what-if', { gateway_id: id, from, to: Date.now() + 1000, policy })
    // 2 tokens in, 4 out, twice: claude-sonnet-4-5 at 3,000 and 15,000 nano-USD; gpt-4o-mini at 150 and 600.
    expect(await response.json()).toMatchObject({
      object: 'routing.what_if',
      requests: 2,
      changed: 2,
      before: { cost_nano_usd: 132_000, average_quality: 9 },
      after: { cost_nano_usd: 5400, average_quality: 5, models: { [mini]: 2 } },
    })
  })

  test.each<[string, object, string]>([
    ['no policy', { from: 0, to: 1 }, 'policy'],
    ['a period that ends before it begins', { from: 2, to: 1, policy: {} }, 'to'],
    ['a strategy that there is not', { from: 0, to: 1, policy: { strategy: 'best' } }, 'policy.strategy'],
    [
      'a constraint of the wrong kind',
      { from: 0, to: 1, policy: { constraints: { context: 0 } } },
      'policy.constraints.context',
    ],
    ['more rows than it reads', { from: 0, to: 1, policy: {}, limit: 100_000 }, 'limit'],
    ['a time that is none', { from: 'yesterday', to: 1, policy: {} }, 'from'],
  ])('%s is refused by name', async (_, question, field) => {
    const response = await admin('POST', 'router/what-if', question)
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(field)])
  })
})
