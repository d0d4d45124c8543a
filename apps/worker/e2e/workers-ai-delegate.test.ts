import { createOpenAI } from '@ai-sdk/openai'
import {
  createAiBinding,
  createGatewayFetch,
  createResumableStream,
  type DelegateCallOptions,
  type DispatchInfo,
} from '@gw/workers-ai-delegate'
import { createGatewayProvider } from '@gw/workers-ai-delegate/gateway'
import { generateText, jsonSchema, Output, streamText, tool, type LanguageModel } from 'ai'
import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startDroppingProxy, type DroppingProxy } from './env-ai/dropping-proxy.ts'
import {
  allRows,
  gatewayKey,
  gatewayUrl,
  poll,
  rowOf,
  rowsMarked,
  uniqueWord,
  upstreamRequests,
} from './gateway-under-test.ts'
import { startUnrulyProxy, type UnrulyProxy } from './workers-ai-delegate/unruly-proxy.ts'
import { overBaseURL, overBinding, overRest, ways, type Way } from './workers-ai-delegate/ways.ts'

const llama = '@cf/meta/llama-3.1-8b-instruct'

/** The text of a stream, or what it failed with. */
async function textOf(model: LanguageModel, prompt: string, abortSignal?: AbortSignal) {
  const errors: unknown[] = []
  const stream = streamText({
    model,
    prompt,
    maxRetries: 0,
    ...(abortSignal && { abortSignal }),
    onError: ({ error }) => void errors.push(error),
  })
  let text = ''
  for await (const part of stream.textStream) text += part
  if (errors.length > 0) throw errors[0]
  return { text, finishReason: await stream.finishReason, providerMetadata: await stream.providerMetadata }
}

/** What a caller's row says, whichever way the request came. */
async function factsOf(mark: string) {
  const rows = await rowsMarked(mark)
  return rows.map(
    ({ provider, model, stream, status_code, success, ending, usage, cost_nano_usd, step, attempts }) => ({
      provider,
      model,
      stream,
      status_code,
      success,
      ending,
      usage,
      cost_nano_usd,
      step,
      attempts: attempts.map((attempt) => attempt.status_code),
    }),
  )
}

const slugs = [
  'openai/gpt-4o-mini',
  'anthropic/claude-sonnet-4-5',
  'google/gemini-2.5-flash',
  'xai/grok-3',
  'groq/llama-3.3-70b-versatile',
  'deepseek/deepseek-chat',
  'mistral/mistral-small-latest',
  'perplexity/sonar',
  'cerebras/llama-3.3-70b',
  'openrouter/openai/gpt-4o-mini',
  'fireworks/accounts/fireworks/models/llama-v3p3-70b-instruct',
  'together/meta-llama/Llama-3.3-70B-Instruct-Turbo',
]

describe.concurrent.each(ways)('over %s', (_title, way) => {
  const workersai = way(gatewayUrl)

  describe('a @cf model', () => {
    test('answers', async () => {
      const prompt = uniqueWord()
      const model = workersai(llama, { gateway: { id: 'default', metadata: { mark: prompt } } })
      const { text, usage, providerMetadata } = await generateText({ model, prompt })
      expect([text, usage.inputTokens, usage.outputTokens]).toEqual([`You said: ${prompt}`, 1, 3])
      const row = await rowOf(String(providerMetadata?.['gateway']?.['logId']))
      expect(row).toMatchObject({ provider: 'workers-ai', model: llama, usage: { input: 1, output: 3 } })
      expect(row.metadata).toEqual({ mark: prompt })
    })

    test('streams', async () => {
      const prompt = uniqueWord()
      expect(await textOf(workersai(llama), prompt)).toMatchObject({
        text: `You said: ${prompt}`,
        finishReason: 'stop',
      })
    })

    test('calls tools', async () => {
      const weather = tool({
        inputSchema: jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } } }),
        outputSchema: jsonSchema<string>({ type: 'string' }),
      })
      const call = { model: workersai(llama), prompt: 'call weather', tools: { weather } }
      const { toolCalls } = await generateText(call)
      expect(toolCalls).toMatchObject([{ toolName: 'weather', input: { city: 'city' } }])
      const stream = streamText(call)
      expect(await stream.toolCalls).toMatchObject([{ toolName: 'weather', input: { city: 'city' } }])
      expect(await stream.finishReason).toBe('tool-calls')
    })

    test('answers in JSON', async () => {
      const schema = jsonSchema<{ name: string }>({
        type: 'object',
        properties: { name: { type: 'string' } },
        required: ['name'],
        additionalProperties: false,
      })
      const { output } = await generateText({
        model: workersai(llama),
        prompt: 'hi',
        output: Output.object({ schema }),
      })
      expect(output).toEqual({ name: 'name' })
    })

    test.each([
      ['+status:429:7', { statusCode: 429, isRetryable: true }],
      ['+status:500', { statusCode: 500, isRetryable: true }],
      ['+model-not-found', { isRetryable: false }],
    ])('fails as the SDK expects it: %s', async (fault, error) => {
      const call = { model: workersai(llama + fault), prompt: uniqueWord(), maxRetries: 0 }
      await expect(generateText(call)).rejects.toMatchObject({ name: 'AI_APICallError', ...error })
      await expect(textOf(call.model, call.prompt)).rejects.toMatchObject({ name: 'AI_APICallError', ...error })
    })
  })

  describe.each<DelegateCallOptions>([{}, { transport: 'gateway' }])('other vendors with %j', (options) => {
    test.each(slugs)('%s', async (slug) => {
      const prompt = uniqueWord()
      const metadata = { mark: prompt }
      const { text, usage } = await generateText({ model: workersai(slug, { ...options, metadata }), prompt })
      expect([text, usage.inputTokens, usage.outputTokens]).toEqual([`You said: ${prompt}`, 1, 3])
      expect(await textOf(workersai(slug, { ...options, metadata }), prompt)).toMatchObject({
        text: `You said: ${prompt}`,
        finishReason: 'stop',
      })
      await poll(async () => expect(await rowsMarked(prompt)).toHaveLength(2))
    })
  })

  test('a @cf model in another vendor’s words', async () => {
    const prompt = uniqueWord()
    expect((await generateText({ model: workersai(`workers-ai/${llama}`), prompt })).text).toBe(`You said: ${prompt}`)
  })

  test.each(['client', 'server'] as const)('falls back on the %s', async (mode) => {
    const prompt = uniqueWord()
    const model = workersai('openai/gpt-4o-mini+status:500', {
      metadata: { mark: prompt },
      fallback: { mode, models: ['groq/llama-3.3-70b-versatile+status:503', 'anthropic/claude-sonnet-4-5'] },
    })
    expect((await generateText({ model, prompt, maxRetries: 0 })).text).toBe(`You said: ${prompt}`)
    expect((await textOf(model, prompt)).text).toBe(`You said: ${prompt}`)
    await poll(async () => expect(await rowsMarked(prompt)).toHaveLength(mode === 'client' ? 6 : 2))
  })

  test('falls back on a @cf model, whose row is marked too', async () => {
    const prompt = uniqueWord()
    const model = workersai('openai/gpt-4o-mini+status:500', {
      metadata: { mark: prompt },
      fallback: { mode: 'client', models: [llama] },
    })
    expect((await generateText({ model, prompt, maxRetries: 0 })).text).toBe(`You said: ${prompt}`)
    await poll(async () => {
      const rows = await rowsMarked(prompt)
      expect(rows.map(({ provider }) => provider).toSorted()).toEqual(['openai', 'workers-ai'])
    })
  })

  test.each<[string, DelegateCallOptions]>([
    ['openai/gpt-4o-mini', {}],
    ['openai/gpt-4o-mini', { transport: 'gateway' }],
    ['anthropic/claude-sonnet-4-5', { transport: 'gateway' }],
    [
      'groq/llama-3.3-70b-versatile+status:500',
      { fallback: { mode: 'server', models: ['anthropic/claude-sonnet-4-5'] } },
    ],
  ])('what %s with %j reports is what its row says', async (slug, options) => {
    const seen: DispatchInfo[] = []
    const model = workersai(slug, { ...options, onDispatch: (info) => void seen.push(info) })
    const { providerMetadata } = await generateText({ model, prompt: uniqueWord(), maxRetries: 0 })
    const gateway = providerMetadata?.['gateway'] ?? {}
    const [info] = seen
    const row = await rowOf(info?.logId ?? null)
    expect(info).toMatchObject({ status: 200, cfStep: String(row.step), runId: null })
    expect(gateway).toMatchObject({ logId: row.id, step: row.step, provider: row.provider, model: row.model })
    expect(row.cost_nano_usd).toBeGreaterThan(0)
    expect(gateway['cost']).toBe(Number(row.cost_nano_usd) / 1e9)
  })

  test.each<[string, DelegateCallOptions]>([
    ['openai/gpt-4o-mini+status:429:7', {}],
    ['openai/gpt-4o-mini+status:429:7', { transport: 'gateway' }],
    ['anthropic/claude-sonnet-4-5+status:429:7', {}],
    ['anthropic/claude-sonnet-4-5+status:429:7', { transport: 'gateway' }],
  ])('%s with %j fails as the SDK expects it', async (slug, options) => {
    const call = generateText({ model: workersai(slug, options), prompt: uniqueWord(), maxRetries: 0 })
    await expect(call).rejects.toMatchObject({
      statusCode: 429,
      isRetryable: true,
      responseHeaders: { 'retry-after': '7' },
    })
  })

  test.each([
    [{}, /nobody/],
    [{ transport: 'gateway' as const }, /nobody/],
  ])('says that there is no such gateway: %j', async (options, message) => {
    const model = workersai('openai/gpt-4o-mini', { ...options, gateway: 'nobody' })
    await expect(generateText({ model, prompt: 'hi', maxRetries: 0 })).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringMatching(message),
    })
  })
})

test('the three ways leave the same rows', async () => {
  // Two tokens in, four out.
  const paid = 10_000_000
  const models: [string, DelegateCallOptions, number | null][] = [
    [llama, {}, paid],
    ['openai/gpt-4o-mini', {}, paid],
    ['openai/gpt-4o-mini', { transport: 'gateway' }, paid],
    ['anthropic/claude-sonnet-4-5', {}, paid],
    ['mistral/mistral-small-latest', {}, paid],
    ['groq/a+status:500', { fallback: { mode: 'server', models: ['google/gemini-2.5-flash'] } }, paid],
    ['openai/gpt-4o-mini+status:500', {}, 0],
  ]
  const customCost = { perTokenIn: 0.001, perTokenOut: 0.002 }
  const compare = async ([slug, options, cost]: (typeof models)[number]): Promise<void> => {
    const facts = await Promise.all(
      [overBinding, overBaseURL, overRest].map(async (way) => {
        const mark = uniqueWord()
        const gateway = { id: 'default', metadata: { mark }, customCost }
        const model = way(gatewayUrl)(slug, { ...options, gateway })
        await generateText({ model, prompt: 'hi there', maxRetries: 0 }).catch(() => undefined)
        return factsOf(mark)
      }),
    )
    expect(facts[0]).toHaveLength(1)
    expect(facts[0]?.[0]?.cost_nano_usd).toBe(cost)
    expect([slug, facts[1]]).toEqual([slug, facts[0]])
    expect([slug, facts[2]]).toEqual([slug, facts[0]])
  }
  await Promise.all(models.map(compare))
})

const own: [string, Way][] = [
  ['createAiBinding', overBinding],
  ['baseURL and apiKey', overBaseURL],
]

describe.concurrent.each(own)('a gateway of one’s own over %s', (_title, way) => {
  test.each([
    ['cohere/command-r', {}],
    ['cohere/command-r', { transport: 'gateway' as const }],
    ['lmstudio/any', {}],
    ['lmstudio/any', { transport: 'gateway' as const }],
    ['lmstudio/any', { fallback: { mode: 'server' as const, models: ['openai/gpt-4o-mini'] } }],
    ['openai/a+status:500', { fallback: { mode: 'server' as const, models: [llama] } }],
    ['openai/a+status:500', { fallback: { mode: 'server' as const, models: ['cohere/command-r'] } }],
    ['ollama/any', {}],
  ])('reaches %s with %j', async (slug, options) => {
    const prompt = uniqueWord()
    const model = way(gatewayUrl)(slug, { ...options, metadata: { mark: prompt } })
    expect((await generateText({ model, prompt, maxRetries: 0 })).text).toBe(`You said: ${prompt}`)
    expect((await textOf(model, prompt)).text).toBe(`You said: ${prompt}`)
    await poll(async () => expect(await rowsMarked(prompt)).toHaveLength(2))
  })

  test('brings a secret along, which reaches its provider', async () => {
    const prompt = uniqueWord()
    for (const slug of ['cohere/command-r', 'groq/llama-3.3-70b-versatile']) {
      const extraHeaders = { Authorization: 'Bearer sk-my-own' }
      const model = way(gatewayUrl)(slug, { byok: true, extraHeaders })
      expect((await generateText({ model, prompt })).text).toBe(`You said: ${prompt}`)
    }
    const sent = await upstreamRequests(prompt)
    expect(sent.map(({ headers }) => headers['authorization'])).toEqual(['Bearer sk-my-own', 'Bearer sk-my-own'])
  })

  test('says which provider it does not know', async () => {
    const model = way(gatewayUrl)('custom-nobody/any')
    await expect(generateText({ model, prompt: 'hi', maxRetries: 0 })).rejects.toMatchObject({
      statusCode: 404,
      message: expect.stringMatching(/custom-nobody/),
    })
  })
})

describe('streams over connections that drop', () => {
  let proxy: DroppingProxy
  beforeAll(async () => {
    proxy = await startDroppingProxy(gatewayUrl)
  })
  afterAll(() => proxy.close())

  const cases: [title: string, slug: string, options: DelegateCallOptions][] = [
    ['a run', 'openai/gpt-4o-mini', {}],
    ['a run of Anthropic', 'anthropic/claude-sonnet-4-5', {}],
    ['a run of a provider without a plugin', 'cohere/command-r', {}],
    ['an entry', 'mistral/mistral-small-latest', {}],
    ['an entry of Anthropic', 'anthropic/claude-sonnet-4-5', { transport: 'gateway' }],
    ['an entry of Gemini', 'google/gemini-2.5-flash', { transport: 'gateway' }],
    ['an entry of the unified endpoint', 'lmstudio/any', { transport: 'gateway' }],
    ['a cached answer', 'openai/gpt-4o-mini', { cacheTtl: 60, resume: true }],
    [
      'server fallback',
      'openai/a+status:500',
      { fallback: { mode: 'server', models: ['anthropic/claude-sonnet-4-5'] }, resume: true },
    ],
    ['client fallback', 'openai/a+status:500', { fallback: { mode: 'client', models: ['groq/llama'] } }],
    ['a @cf model', llama, {}],
  ]

  describe.each(own)('%s', (_title, way) => {
    test.each(cases)('%s is resumed from every event on, made and settled once', async (_case, slug, options) => {
      const workersai = way(proxy.url)
      const ask = async (prompt: string) => {
        const seen: DispatchInfo[] = []
        const progress: number[] = []
        const { text, finishReason } = await textOf(
          workersai(slug, {
            ...options,
            metadata: { mark: prompt },
            onDispatch: (info: DispatchInfo) => void seen.push(info),
            onProgress: (events: number) => void progress.push(events),
          }),
          `${prompt} b c d`,
        )
        expect([text, finishReason]).toEqual([`You said: ${prompt} b c d`, 'stop'])
        return { info: seen.at(-1), events: progress.at(-1) ?? 0 }
      }
      const { info, events } = await ask(uniqueWord())
      expect(info).toMatchObject({ resumeEnabled: true, runId: expect.stringMatching(/^[\da-f]{64}$/) })
      expect(events).toBeGreaterThan(4)

      const prompts: string[] = []
      for (let at = 0; at < events; at += 1) {
        const prompt = uniqueWord()
        prompts.push(prompt)
        proxy.takePaths()
        proxy.dropAfter(at)
        expect((await ask(prompt)).events).toBe(events)
        expect(proxy.takePaths().find((path) => path.includes('/resume?'))).toMatch(`/resume?from=${at}`)
      }
      await poll(async () => {
        const rows = await allRows()
        for (const prompt of prompts) {
          const made = rows.filter(({ metadata, success }) => metadata['mark'] === prompt && success)
          expect(made.map(({ ending, stream }) => [ending, stream])).toEqual([['complete', true]])
        }
      })
      const requests = (await upstreamRequests('')).filter(({ status }) => status === 200)
      for (const prompt of prompts) {
        expect(requests.filter(({ body }) => JSON.stringify(body ?? '').includes(prompt))).toHaveLength(1)
      }
    })
  })

  test('another SDK’s provider is resumed too', async () => {
    const binding = createAiBinding({ baseURL: proxy.url, token: gatewayKey })
    const openai = createGatewayProvider(createOpenAI, { binding, gateway: 'default' })
    for (let at = 0; at <= 7; at += 1) {
      const prompt = `${uniqueWord()} b`
      proxy.dropAfter(at)
      expect((await textOf(openai.chat('gpt-4o-mini'), prompt)).text).toBe(`You said: ${prompt}`)
    }
  })

  test('that drop again and again are resumed again and again', async () => {
    const prompt = `${uniqueWord()} ${Array.from({ length: 40 }, (_, index) => `w${index}`).join(' ')}`
    proxy.dropAfter(2, 1, 3, 1, 1, 1, 1, 1, 5)
    const model = overBaseURL(proxy.url)('openai/gpt-4o-mini', { maxReconnects: 1 })
    expect((await textOf(model, prompt)).text).toBe(`You said: ${prompt}`)
  })

  test('break where nobody wants to resume', async () => {
    proxy.takePaths()
    proxy.dropAfter(3)
    const model = overBaseURL(proxy.url)('openai/gpt-4o-mini', { resume: false })
    await expect(textOf(model, uniqueWord())).rejects.toThrow('Failed to process successful response')
    expect(proxy.takePaths()).toEqual(['/ai-gateway/run?version=3'])
  })

  test('an abort in mid-stream ends it, and asks for nothing more', async () => {
    for (const options of [{}, { transport: 'gateway' as const }]) {
      const prompt = uniqueWord()
      const abort = new AbortController()
      proxy.takePaths()
      const model = overBaseURL(proxy.url)('openai/gpt-4o-mini+pace:20', { ...options, metadata: { mark: prompt } })
      const { stream } = await model.doStream({
        prompt: [{ role: 'user', content: [{ type: 'text', text: `${prompt} words 30` }] }],
        abortSignal: abort.signal,
      })
      let parts = 0
      const read = async (): Promise<void> => {
        for await (const part of stream) {
          if (part.type !== 'text-delta') continue
          parts += 1
          abort.abort()
        }
      }
      await expect(read()).rejects.toMatchObject({ name: 'AbortError' })
      // What was on its way through the SDK's own pipes may still come.
      expect(parts).toBeLessThan(5)
      // The run itself goes on: it belongs to whoever re-attaches.
      const [row] = await rowsMarked(prompt)
      expect([row?.ending, row?.usage['output']]).toEqual(['complete', 30])
      expect(proxy.takePaths()).toHaveLength(1)
    }
  })

  test('an abort without a run is known to the gateway', async () => {
    const prompt = uniqueWord()
    const abort = new AbortController()
    const model = overRest(gatewayUrl)('openai/gpt-4o-mini+pace:20', { metadata: { mark: prompt } })
    const { stream } = await model.doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: `${prompt} words 30` }] }],
      abortSignal: abort.signal,
    })
    const read = async (): Promise<void> => {
      for await (const part of stream) if (part.type === 'text-delta') abort.abort()
    }
    await expect(read()).rejects.toMatchObject({ name: 'AbortError' })
    const [row] = await rowsMarked(prompt)
    expect(row?.ending).toBe('client_gone')
  })
})

describe('a reader that comes after another has died', () => {
  const binding = createAiBinding({ baseURL: gatewayUrl, token: gatewayKey })

  test.each<[string, DelegateCallOptions]>([
    ['openai/gpt-4o-mini+pace:5', {}],
    ['anthropic/claude-sonnet-4-5+pace:5', { transport: 'gateway' }],
    ['openai/a+status:500', { fallback: { mode: 'server', models: ['groq/llama+pace:5'] } }],
  ])('goes on with { runId, eventOffset }: %s with %j', async (slug, options) => {
    let kept: { runId: string | null; eventOffset: number } = { runId: null, eventOffset: 0 }
    const model = overBinding(gatewayUrl)(slug, {
      ...options,
      onDispatch: ({ runId }) => {
        kept = { ...kept, runId }
      },
      onProgress: (eventOffset) => {
        kept = { ...kept, eventOffset }
      },
    })
    const { textStream } = streamText({ model, prompt: `${uniqueWord()} words 30` })
    let parts = 0
    for await (const _ of textStream) {
      parts += 1
      if (parts === 5) break
    }
    const { runId, eventOffset } = kept
    if (runId === null) throw new Error('There is no run.')
    expect(eventOffset).toBeGreaterThan(4)
    const run = { binding, gateway: 'default', runId }
    const rest = await new Response(createResumableStream({ ...run, fromEvent: eventOffset })).text()
    const whole = await new Response(createResumableStream(run)).text()
    expect(rest.length).toBeGreaterThan(0)
    expect(
      whole
        .split(/(?<=\n\n)/)
        .slice(eventOffset)
        .join(''),
    ).toBe(rest)
  })

  test('is told that there is no such run', async () => {
    const run = { binding, gateway: 'default', runId: '0'.repeat(64) }
    await expect(new Response(createResumableStream(run)).text()).rejects.toMatchObject({ kind: 'resume-expired' })
    expect(await new Response(createResumableStream({ ...run, onResumeExpired: 'accept-partial' })).text()).toBe('')
  })
})

describe('createAiBinding', () => {
  const ai = createAiBinding({ baseURL: gatewayUrl, token: async () => gatewayKey })
  const gateway = ai.gateway('default')

  test('reads and changes the row of its last run', async () => {
    const prompt = uniqueWord()
    const result = await ai.run(llama, { prompt })
    expect(result).toMatchObject({ response: `You said: ${prompt}` })
    const id = ai.aiGatewayLogId ?? ''
    expect(await gateway.getLog(id)).toMatchObject({ id, provider: 'workers-ai', model: llama, success: true })
    expect((await gateway.getLog(id)).created_at.getTime()).toBeGreaterThan(Date.now() - 60_000)
    await gateway.patchLog(id, { feedback: 1, score: 90, metadata: { n: 7n } })
    expect(await gateway.getLog(id)).toMatchObject({ feedback: 1, score: 90, metadata: { n: '7' } })
    await expect(gateway.getLog('00000000-0000-0000-0000-000000000000')).rejects.toMatchObject({
      name: 'AiGatewayLogNotFound',
    })
  })

  test('knows addresses and models', async () => {
    expect(await gateway.getUrl()).toMatch(/\/default\/$/)
    expect(await gateway.getUrl('openai')).toMatch(/\/default\/openai$/)
    expect(await ai.models({ search: 'llama-3.1-8b-instruct' })).toContainEqual(
      expect.objectContaining({ name: llama }),
    )
  })

  test('carries what is no JSON to a provider’s own path', async () => {
    const fetch = createGatewayFetch({ binding: ai, gateway: 'default' })
    const models = await fetch('https://api.openai.com/v1/models')
    expect([models.status, await models.json()]).toMatchObject([200, { object: 'list' }])
    const form = new FormData()
    form.set('file', new Blob(['sound']), 'a.wav')
    const echo = await fetch('https://api.perplexity.ai/echo/form', { method: 'POST', body: form })
    expect(await echo.text()).toContain('multipart/form-data; boundary=')
  })

  test('runs through Cloudflare’s words of an error', async () => {
    await expect(ai.run('nobody/any', { messages: [] })).rejects.toMatchObject({
      message: expect.stringMatching(/^7003: /),
    })
    await expect(createAiBinding({ baseURL: gatewayUrl }).run(llama, { prompt: 'hi' })).rejects.toThrow(/^2009: /)
  })
})

describe('five streams at once, over connections that break and cut at will', () => {
  let proxy: UnrulyProxy
  beforeAll(async () => {
    proxy = await startUnrulyProxy(gatewayUrl)
  })
  afterEach(() => proxy.calm())
  afterAll(() => proxy.close())

  const passage = fc.record(
    {
      sizes: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
      dropAt: fc.integer({ min: 1, max: 4000 }),
    },
    { requiredKeys: ['sizes'] },
  )
  const plan = fc.record({
    passages: fc.array(passage, { minLength: 5, maxLength: 20 }),
    lengths: fc.tuple(...Array.from({ length: 5 }, () => fc.integer({ min: 1, max: 40 }))),
  })
  const kinds: [string, DelegateCallOptions][] = [
    ['openai/gpt-4o-mini', {}],
    ['mistral/mistral-small-latest', { cacheTtl: 60 }],
    ['openai/a+status:500', { fallback: { mode: 'server', models: ['anthropic/claude-sonnet-4-5'] } }],
    ['lmstudio/any+crlf', {}],
    [llama, {}],
  ]

  test('lose, double and cross nothing', async () => {
    const workersai = overBaseURL(proxy.url)
    const property = fc.asyncProperty(plan, async ({ passages, lengths }) => {
      proxy.calm()
      proxy.pass(...passages)
      const asked = kinds.map(async ([slug, options], index) => {
        const mark = uniqueWord()
        const words = Array.from({ length: lengths[index] ?? 1 }, (_, turn) => `${mark}ü${turn}`)
        const { text } = await textOf(workersai(slug, { ...options, maxReconnects: 8 }), words.join(' '))
        expect(text).toBe(`You said: ${words.join(' ')}`)
      })
      const settled = await Promise.allSettled(asked)
      for (const result of settled) if (result.status === 'rejected') throw result.reason
    })
    await fc.assert(property, { numRuns: 25 })
  }, 60_000)
})
