import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { gatewayKey, gatewayUrl, rowOf, uniqueWord, upstreamRequests } from './gateway-under-test.ts'

const openai = new OpenAI({ apiKey: gatewayKey, baseURL: `${gatewayUrl}/v1`, maxRetries: 0 })
const anthropic = new Anthropic({ apiKey: gatewayKey, baseURL: gatewayUrl, maxRetries: 0 })

interface ChatProvider {
  id: string
  model: string
  /** Nano-USD for two tokens in and four out; `null` where the catalog has no price. */
  cost: number | null
  /** Where the provider's chat is, below its origin. */
  path: string
  secret?: [header: string, value: string]
}

const bearer = (id: string): [string, string] => ['authorization', `Bearer sk-env-${id}`]

const providers: readonly ChatProvider[] = [
  {
    id: 'openai',
    model: 'gpt-4o-mini',
    cost: 2 * 150 + 4 * 600,
    path: '/v1/chat/completions',
    secret: bearer('openai'),
  },
  {
    id: 'anthropic',
    model: 'claude-sonnet-4-5',
    cost: 2 * 3000 + 4 * 15_000,
    path: '/v1/messages',
    secret: ['x-api-key', 'sk-env-anthropic'],
  },
  {
    id: 'google-ai-studio',
    model: 'gemini-2.5-flash',
    cost: 2 * 300 + 4 * 2500,
    path: '/v1beta/models/gemini-2.5-flash:',
    secret: ['x-goog-api-key', 'sk-env-google-ai-studio'],
  },
  {
    id: 'groq',
    model: 'llama-3.3-70b-versatile',
    cost: 2 * 590 + 4 * 790,
    path: '/openai/v1/chat/completions',
    secret: bearer('groq'),
  },
  {
    id: 'deepseek',
    // Not deepseek-chat: its price depends on the hour.
    model: 'deepseek-v3.2-exp',
    cost: 2 * 270 + 4 * 410,
    path: '/chat/completions',
    secret: bearer('deepseek'),
  },
  { id: 'grok', model: 'grok-3-mini', cost: 2 * 300 + 4 * 500, path: '/v1/chat/completions', secret: bearer('grok') },
  {
    id: 'mistral',
    model: 'mistral-small-latest',
    cost: 2 * 100 + 4 * 300,
    path: '/v1/chat/completions',
    secret: bearer('mistral'),
  },
  {
    id: 'perplexity-ai',
    model: 'sonar',
    // Tokens, and 12 USD for a thousand searches.
    cost: 2 * 1000 + 4 * 1000 + 12_000_000,
    path: '/chat/completions',
    secret: bearer('perplexity-ai'),
  },
  {
    id: 'together',
    model: 'meta-llama/Llama-3.3-70B-Instruct-Turbo',
    cost: 2 * 880 + 4 * 880,
    path: '/v1/chat/completions',
    secret: bearer('together'),
  },
  {
    id: 'cerebras',
    model: 'llama-3.3-70b',
    cost: 2 * 850 + 4 * 1200,
    path: '/v1/chat/completions',
    secret: bearer('cerebras'),
  },
  {
    id: 'fireworks',
    model: 'accounts/fireworks/models/llama-v3p3-70b-instruct',
    cost: null,
    path: '/inference/v1/chat/completions',
    secret: bearer('fireworks'),
  },
  {
    id: 'openrouter',
    model: 'openai/gpt-4o-mini',
    cost: 2 * 150 + 4 * 600,
    path: '/api/v1/chat/completions',
    secret: bearer('openrouter'),
  },
  { id: 'cohere', model: 'command-a-03-2025', cost: 2 * 2500 + 4 * 10_000, path: '/v2/chat', secret: bearer('cohere') },
  {
    id: 'workers-ai',
    model: '@cf/meta/llama-3.3-70b-instruct-fp8-fast',
    // 0.293348 and 2.252855 USD per million, each line rounded.
    cost: Math.round(2 * 293.348) + Math.round(4 * 2252.855),
    path: '/client/v4/accounts/account-1/ai/run/@cf/meta/llama-3.3-70b-instruct-fp8-fast',
    secret: bearer('workers-ai'),
  },
  // Models that the catalog has no price for.
  {
    id: 'alibaba',
    model: 'qwen-x',
    cost: null,
    path: '/compatible-mode/v1/chat/completions',
    secret: bearer('alibaba'),
  },
  { id: 'minimax', model: 'mini-x', cost: null, path: '/v1/chat/completions', secret: bearer('minimax') },
  { id: 'huggingface', model: 'org/x:novita', cost: null, path: '/v1/chat/completions', secret: bearer('huggingface') },
  { id: 'baseten', model: 'org/x', cost: null, path: '/v1/chat/completions', secret: bearer('baseten') },
  { id: 'parallel', model: 'speed', cost: null, path: '/chat/completions', secret: bearer('parallel') },
  {
    id: 'azure-openai',
    model: 'my-resource/gpt-4o-mini',
    cost: 2 * 150 + 4 * 600,
    path: '/openai/v1/chat/completions',
    secret: ['api-key', 'sk-env-azure-openai'],
  },
  { id: 'lmstudio', model: 'llama3.2', cost: 0, path: '/lmstudio/v1/chat/completions' },
  { id: 'ollama', model: 'llama3.2', cost: 0, path: '/ollama/v1/chat/completions' },
  { id: 'vllm', model: 'llama3.2', cost: 0, path: '/vllm/v1/chat/completions' },
]

interface Answered {
  text: string
  response: Response
}

interface Call {
  title: string
  surface: string
  stream: boolean
  send(model: string, text: string): Promise<Answered>
}

const calls: readonly Call[] = [
  {
    title: 'openai SDK, JSON',
    surface: 'chat-completions',
    stream: false,
    send: async (model, content) => {
      const body = { model, messages: [{ role: 'user' as const, content }] }
      const { data, response } = await openai.chat.completions.create(body).withResponse()
      return { text: data.choices[0]?.message.content ?? '', response }
    },
  },
  {
    title: 'openai SDK, stream',
    surface: 'chat-completions',
    stream: true,
    send: async (model, content) => {
      const body = { model, stream: true as const, messages: [{ role: 'user' as const, content }] }
      const { data, response } = await openai.chat.completions.create(body).withResponse()
      let text = ''
      for await (const { choices, usage } of data) {
        text += choices[0]?.delta.content ?? ''
        expect(usage ?? null).toBeNull()
      }
      return { text, response }
    },
  },
  {
    title: 'Anthropic SDK, JSON',
    surface: 'messages',
    stream: false,
    send: async (model, content) => {
      const body = { model, max_tokens: 100, messages: [{ role: 'user' as const, content }] }
      const { data, response } = await anthropic.messages.create(body).withResponse()
      return { text: data.content.map((block) => (block.type === 'text' ? block.text : '')).join(''), response }
    },
  },
  {
    title: 'Anthropic SDK, stream',
    surface: 'messages',
    stream: true,
    send: async (model, content) => {
      const running = anthropic.messages.stream({ model, max_tokens: 100, messages: [{ role: 'user', content }] })
      const { response } = await running.withResponse()
      return { text: await running.finalText(), response }
    },
  },
]

describe.concurrent.each(providers)('$id', ({ id, model, cost, path, secret }) => {
  test.each(calls)('$title', async ({ surface, stream, send }) => {
    const word = uniqueWord()
    const { text, response } = await send(`${id}/${model}`, `hello ${word}`)
    expect(text).toBe(`You said: hello ${word}`)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cf-aig-step': '0',
      'gw-provider': id,
      'gw-model': model,
      'gw-attempts': '1',
    })

    const requests = await upstreamRequests(word)
    expect(requests.map((request) => request.provider)).toEqual([secret ? id : 'sim'])
    const [request] = requests
    expect(request?.path).toContain(path)
    const [header, value] = secret ?? ['authorization', undefined]
    expect(request?.headers[header]).toBe(value)
    expect(JSON.stringify(request)).not.toContain(gatewayKey)

    const row = await rowOf(response.headers.get('cf-aig-log-id'))
    expect(row).toMatchObject({
      surface,
      stream,
      provider: id,
      requested_model: `${id}/${model}`,
      model,
      status_code: 200,
      success: true,
      error_type: null,
      ending: 'complete',
      step: 0,
      usage: { input: 2, output: 4 },
      usage_source: 'reported',
      cost_nano_usd: cost,
      key_source: secret ? 'environment' : 'none',
      warnings: [],
    })
    expect(Object.keys(row.usage)).toEqual(['input', 'output'])
    expect(row.bill.reduce((sum, line) => sum + line.nano_usd, 0)).toBe(cost ?? 0)
    expect(row.attempts).toHaveLength(1)
    expect(row.attempts[0]).toMatchObject({
      attempt: 1,
      step: 0,
      provider: id,
      model,
      status_code: 200,
      error_type: null,
    })
  })
})

describe.concurrent('classes of tokens and their prices', () => {
  const say = async (body: Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, 'messages'>, ...texts: string[]) => {
    const messages = texts.map((content, index) =>
      index === texts.length - 1 ? { role: 'user' as const, content } : { role: 'system' as const, content },
    )
    const { response } = await openai.chat.completions.create({ ...body, messages }).withResponse()
    return rowOf(response.headers.get('cf-aig-log-id'))
  }

  test('OpenAI: what is read from the cache is not billed as input too', async () => {
    const word = uniqueWord()
    const body = { model: 'openai/gpt-4o-mini', prompt_cache_key: word }
    await say(body, `be brief please ${word}`, 'hello')
    const row = await say(body, `be brief please ${word}`, 'good bye')
    expect(row.usage).toEqual({ cache_read: 4, input: 2, output: 4 })
    expect(row.cost_nano_usd).toBe(4 * 75 + 2 * 150 + 4 * 600)
  })

  test('OpenAI: hidden reasoning is billed apart from the text', async () => {
    const row = await say({ model: 'openai/gpt-5-mini', reasoning_effort: 'low' }, `hello ${uniqueWord()}`)
    expect(row.usage).toEqual({ input: 2, reasoning: 16, output: 4 })
    expect(row.cost_nano_usd).toBe(2 * 250 + 16 * 2000 + 4 * 2000)
  })

  test('xAI: reasoning that its completion tokens leave out is added', async () => {
    const row = await say({ model: 'grok/grok-3-mini', reasoning_effort: 'low' }, `hello ${uniqueWord()}`)
    expect(row.usage).toEqual({ input: 2, reasoning: 4, output: 4 })
    expect(row.cost_nano_usd).toBe(2 * 300 + 4 * 500 + 4 * 500)
  })

  test('Gemini: thoughts are billed as output, once', async () => {
    const model = 'google-ai-studio/gemini-2.5-flash'
    const row = await say({ model, reasoning_effort: 'high' }, `hello ${uniqueWord()}`)
    expect(row.usage).toEqual({ input: 2, reasoning: 4, output: 4 })
    expect(row.cost_nano_usd).toBe(2 * 300 + 4 * 2500 + 4 * 2500)
  })

  test.each([
    ['5m', 'cache_write_5m', 3750],
    ['1h', 'cache_write_1h', 6000],
  ] as const)('Anthropic: a cache is written for %s and read', async (ttl, writeClass, writePrice) => {
    const word = uniqueWord()
    const ask = async () => {
      const { response } = await anthropic.messages
        .create({
          model: 'anthropic/claude-sonnet-4-5',
          max_tokens: 100,
          system: [{ type: 'text', text: `be brief please ${word}`, cache_control: { type: 'ephemeral', ttl } }],
          messages: [{ role: 'user', content: 'good bye' }],
        })
        .withResponse()
      return rowOf(response.headers.get('cf-aig-log-id'))
    }
    const written = await ask()
    expect(written.usage).toEqual({ [writeClass]: 4, input: 2, output: 4 })
    expect(written.cost_nano_usd).toBe(4 * writePrice + 2 * 3000 + 4 * 15_000)
    const read = await ask()
    expect(read.usage).toEqual({ cache_read: 4, input: 2, output: 4 })
    expect(read.cost_nano_usd).toBe(4 * 300 + 2 * 3000 + 4 * 15_000)
  })

  test('Anthropic: thinking is billed apart from the text', async () => {
    const { response } = await anthropic.messages
      .create({
        model: 'anthropic/claude-sonnet-4-5',
        max_tokens: 4096,
        thinking: { type: 'enabled', budget_tokens: 2048 },
        messages: [{ role: 'user', content: `hello ${uniqueWord()}` }],
      })
      .withResponse()
    const row = await rowOf(response.headers.get('cf-aig-log-id'))
    expect(row.usage).toEqual({ input: 2, reasoning: 4, output: 4 })
    expect(row.cost_nano_usd).toBe(2 * 3000 + 4 * 15_000 + 4 * 15_000)
  })
})

test('a model that needs two names and has one is refused, and says how it is named', async () => {
  const error: unknown = await openai.chat.completions
    .create({ model: 'azure-openai/gpt-4o-mini', messages: [{ role: 'user', content: 'hi' }] })
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ status: 400, message: expect.stringContaining('azure-openai/{resource}/{deployment}') })
})
