import { generateText, streamText } from 'ai'
import { describe, expect, test } from 'vitest'
import { brokenBody, chatAnswer, chatEvents, createFakeAi, streamAnswer } from '../__fixtures__/fake-ai.ts'
import type { FakeAnswers } from '../__fixtures__/fake-ai.ts'
import { anthropic } from '../anthropic.ts'
import { createWorkersAI, type WorkersAISettings } from '../create-workers-ai.ts'
import { google } from '../google.ts'
import { openai } from '../openai.ts'
import { createGatewayDelegate } from './create-gateway-delegate.ts'
import type { DelegateCallOptions, DispatchInfo } from './delegate-options.ts'

const providers = [openai, anthropic, google]
const llama = '@cf/meta/llama-3.1-8b-instruct'

/** A binding to a gateway that resumes everything, and a delegate over it. */
function own(answers?: FakeAnswers) {
  const { ai, calls } = createFakeAi(answers)
  const binding = { ...ai, capabilities: ['resume'] as const }
  return { delegate: createGatewayDelegate({ binding, gateway: 'gw', providers }), binding, calls }
}

/** Slugs without a plugin of their provider's dialect, and what they are called in a run. */
const others: [slug: string, run: string][] = [
  ['cohere/command-r', 'cohere/command-r'],
  ['azure/my-resource/gpt', 'azure/my-resource/gpt'],
  ['aws-bedrock/nova', 'aws-bedrock/nova'],
  ['sim/any', 'sim/any'],
  ['custom-acme/a/b', 'custom-acme/a/b'],
  ['workers-ai/@cf/meta/llama', 'workers-ai/@cf/meta/llama'],
  ['@cf/meta/llama', 'workers-ai/@cf/meta/llama'],
]

describe('a gateway of one’s own reaches every provider', () => {
  test.each(others)('%s as a run in the format of chat completions', async (slug, run) => {
    const { delegate, calls } = own()
    expect((await generateText({ model: delegate(slug), prompt: 'hi' })).text).toBe('fine')
    expect(calls.runs).toMatchObject([{ model: run, inputs: { messages: [{ content: 'hi' }] } }])
  })

  test.each(others)('%s as an entry of the unified endpoint', async (slug) => {
    const { delegate, calls } = own()
    const model = delegate(slug, { transport: 'gateway', metadata: { a: 1 } })
    expect((await generateText({ model, prompt: 'hi' })).text).toBe('fine')
    expect(calls.universal[0]?.entries).toMatchObject([
      {
        provider: 'compat',
        endpoint: 'v1/chat/completions',
        headers: { 'cf-aig-metadata': '{"a":1}' },
        query: { model: slug },
      },
    ])
  })

  test.each(['alibaba/qwen3-max', 'minimax/m2'])('%s on the gateway path too', async (slug) => {
    const { delegate, calls } = own()
    await generateText({ model: delegate(slug, { transport: 'gateway' }), prompt: 'hi' })
    const [provider] = slug.split('/')
    expect(calls.universal[0]?.entries).toMatchObject([{ provider, endpoint: 'v1/chat/completions' }])
  })

  test('in one request with others, each with its own secret', async () => {
    const { delegate, calls } = own({ universal: () => chatAnswer('fine', { 'cf-aig-step': '2' }) })
    const model = delegate('openai/gpt-4o', {
      byok: true,
      extraHeaders: { authorization: 'Bearer sk-openai' },
      fallback: {
        mode: 'server',
        models: ['cohere/command-r', 'custom-acme/b', 'anthropic/claude'],
        extraHeaders: { 'custom-acme/b': { 'x-api-key': 'sk-acme' }, 'cohere/command-r': { 'x-api-key': 'sk-other' } },
      },
    })
    expect((await generateText({ model, prompt: 'hi' })).text).toBe('fine')
    const entries = calls.universal[0]?.entries
    expect(entries?.map(({ provider, query }) => [provider, query['model']])).toEqual([
      ['openai', 'gpt-4o'],
      ['compat', 'cohere/command-r'],
      ['compat', 'custom-acme/b'],
      ['anthropic', 'claude'],
    ])
    const secrets = entries?.map(({ headers }) => Object.entries(headers).filter(([, value]) => /sk-/.test(value)))
    expect(secrets).toEqual([[['authorization', 'Bearer sk-openai']], [], [['x-api-key', 'sk-acme']], []])
  })

  test('with the plugin for OpenAI, which is named where it is missing', () => {
    const { binding } = own()
    const delegate = createGatewayDelegate({ binding, gateway: 'gw', providers: [anthropic] })
    expect(() => delegate('cohere/command-r')).toThrow(/needs the "openai" plugin/)
  })

  test('and Cloudflare does not', () => {
    const delegate = createGatewayDelegate({ binding: createFakeAi().ai, gateway: 'gw', providers })
    for (const slug of ['cohere/command-r', 'sim/any', 'azure/r/d'])
      expect(() => delegate(slug)).toThrow(/createGatewayProvider/)
    expect(() => delegate('alibaba/qwen', { transport: 'gateway' })).toThrow(/no gateway path/)
  })
})

describe('a model of Workers AI', () => {
  const seen: DispatchInfo[] = []
  const options: DelegateCallOptions = {
    cacheTtl: 60,
    metadata: { a: 1 },
    zdr: true,
    byokAlias: 'team',
    onDispatch: (info) => void seen.push(info),
  }
  const asked = { gateway: { id: 'default', cacheTtl: 60, metadata: { a: 1 } }, extraHeaders: { 'cf-aig-zdr': 'true' } }

  test('takes what a call asks of the gateway', async () => {
    const { ai, calls } = createFakeAi({ run: () => chatAnswer('fine', { 'cf-aig-log-id': 'l' }) })
    await generateText({ model: createWorkersAI({ binding: ai })(llama, { ...options, tags: ['a'] }), prompt: 'hi' })
    expect(calls.runs[0]?.options).toMatchObject({ ...asked, tags: ['a'] })
    expect(Object.keys(calls.runs[0]?.options ?? {}).toSorted()).toEqual([
      'extraHeaders',
      'gateway',
      'returnRawResponse',
      'tags',
    ])
    expect(seen.at(-1)).toMatchObject({ transport: 'run', resumeEnabled: false, logId: 'l', status: 200 })
  })

  test('takes it in a chain too, and none of the others’ secrets', async () => {
    const busy = Response.json({ error: { message: 'busy' } }, { status: 503 })
    const { ai, calls } = createFakeAi({ run: () => ({ response: 'fine' }), universal: () => busy })
    const model = createWorkersAI({ binding: ai, providers })('mistral/small', {
      ...options,
      byok: true,
      extraHeaders: { Authorization: 'Bearer sk-mistral', 'X-Trace': '1' },
      fallback: { mode: 'client', models: [`workers-ai/${llama}`] },
    })
    expect((await generateText({ model, prompt: 'hi', maxRetries: 0 })).text).toBe('fine')
    expect(calls.universal[0]?.entries[0]?.headers).toMatchObject({ authorization: 'Bearer sk-mistral' })
    expect(calls.runs[0]).toMatchObject({
      model: llama,
      options: { ...asked, extraHeaders: { 'cf-aig-zdr': 'true', 'x-trace': '1' } },
    })
    expect(JSON.stringify(calls.runs)).not.toContain('sk-mistral')
  })

  test.each<DelegateCallOptions>([
    { byok: true },
    { transport: 'gateway' },
    { resume: true },
    { fallback: { mode: 'client', models: [] } },
  ])('says what it cannot do: %o', (options) => {
    expect(() => createWorkersAI({ binding: createFakeAi().ai })(llama, { ...options })).toThrow(
      /is run without a plugin/,
    )
  })

  const wrong = { id: 'gw', cacheTtl: -5 }

  test.each<[string, Pick<WorkersAISettings, 'gateway'>, DelegateCallOptions]>([
    ['provider', { gateway: wrong }, {}],
    ['model', {}, { gateway: wrong }],
    ['call', {}, { cacheTtl: -5 }],
  ])('is refused with options past their limits: those of the %s', (_, settings, options) => {
    const workersai = createWorkersAI({ binding: createFakeAi().ai, ...settings })
    for (const id of [llama, 'openai/gpt-5', 'dynamic/x']) expect(() => workersai(id, options)).toThrow(/cacheTtl/)
  })

  test('is refused with such options whatever its kind', () => {
    const workersai = createWorkersAI({ binding: createFakeAi().ai })
    const settings = { gateway: wrong }
    expect(() => workersai.embedding('@cf/baai/bge-m3', settings)).toThrow(/cacheTtl/)
    expect(() => workersai.speech('@cf/deepgram/aura-1', settings)).toThrow(/cacheTtl/)
  })
})

describe('a stream of a model that reads its answers itself', () => {
  const events = chatEvents('one ', 'two')
  const answers: FakeAnswers = {
    run: () => streamAnswer(brokenBody(events[0] ?? '', 'da'), { 'cf-aig-run-id': 'r' }),
    fetch: () => streamAnswer(events.slice(1).join('')),
  }

  test.each([llama, 'dynamic/x', 'cohere/command-r'])('%s is resumed over a gateway that can', async (id) => {
    const { binding, calls } = own(answers)
    const progress: number[] = []
    const model = createWorkersAI({ binding })(id, { onProgress: (count: number) => void progress.push(count) })
    expect(await streamText({ model, prompt: 'hi' }).text).toBe('one two')
    expect(calls.runs[0]?.options.extraHeaders).toMatchObject({ 'gw-resumable': 'true' })
    expect(calls.fetches.map(({ url }) => url)).toEqual([
      'https://workers-binding.ai/ai-gateway/gateways/default/run/r/resume?from=1',
    ])
    expect(progress.at(-1)).toBe(events.length)
  })

  test.each([
    ['the provider', { resume: false }, {}],
    ['the call', {}, { resume: false }],
  ])('is not where %s does not want it', async (_, settings, options) => {
    const { binding, calls } = own(answers)
    const stream = streamText({
      model: createWorkersAI({ binding, ...settings })(llama, options),
      prompt: 'hi',
      onError: () => {},
    })
    await stream.consumeStream()
    expect(await stream.finishReason).toBe('error')
    expect(calls.runs[0]?.options.extraHeaders ?? {}).not.toHaveProperty('gw-resumable')
    expect(calls.fetches).toEqual([])
  })

  test('is not over Cloudflare’s binding', async () => {
    const { ai, calls } = createFakeAi(answers)
    const stream = streamText({ model: createWorkersAI({ binding: ai })(llama), prompt: 'hi', onError: () => {} })
    await stream.consumeStream()
    expect([await stream.finishReason, calls.fetches]).toEqual(['error', []])
  })
})
