import { createAiBinding } from '@gw/workers-ai-delegate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gatewayKey, gatewayUrl, poll, rowOf, rowsMarked, uniqueWord, upstreamRequests } from '../gateway-under-test.ts'
import { startDroppingProxy, type DroppingProxy } from './dropping-proxy.ts'
import { playScenario } from './scenarios.ts'
import { startClientWorker } from './start-workerd.ts'

/** Plays one scenario with one client Worker. */
type Play = (scenario: string, input?: Record<string, string>) => Promise<unknown>

interface Client {
  play: Play
  stop(): Promise<void>
}

/** Cloudflare's runtime and its published clients, unchanged; only what answers at the other end is ours. */
async function inWorkerd(url: string): Promise<Client> {
  const worker = await startClientWorker({ url, key: gatewayKey })
  return {
    play: async (scenario, input = {}) => {
      const response = await fetch(`${worker.url}/${scenario}?${new URLSearchParams(input)}`)
      return JSON.parse(await response.text())
    },
    stop: worker.stop,
  }
}

/** The published clients in Node, on a stand-in for `env.AI`. */
async function inNode(url: string): Promise<Client> {
  const ai = createAiBinding({ baseURL: url, token: gatewayKey })
  return { play: (scenario, input = {}) => playScenario(ai, scenario, input), stop: async () => undefined }
}

const llama = '@cf/meta/llama-3.1-8b-instruct'

describe.each([
  ['the Ai class of workerd', inWorkerd],
  ['createAiBinding in Node', inNode],
])('through %s', (_title, start) => {
  let proxy: DroppingProxy
  let client: Client
  const play: Play = (scenario, input) => client.play(scenario, input)

  beforeAll(async () => {
    proxy = await startDroppingProxy(gatewayUrl)
    client = await start(proxy.url)
  })

  afterAll(async () => {
    await client.stop()
    await proxy.close()
  })

  describe('env.AI', () => {
    test('runs a @cf model, and knows the id of its log row', async () => {
      const prompt = uniqueWord()
      const played = await play('run', { model: llama, prompt })
      expect(played).toEqual({
        ok: {
          result: {
            response: `You said: ${prompt}`,
            tool_calls: [],
            usage: { prompt_tokens: 1, completion_tokens: 3, total_tokens: 4 },
          },
          logId: expect.stringMatching(/^[\da-f-]{36}$/),
        },
      })
    })

    test.each([
      ['openai/gpt-4o-mini', { object: 'chat.completion', choices: [{ message: { content: expect.any(String) } }] }],
      ['anthropic/claude-sonnet-4-5', { type: 'message', content: [{ type: 'text', text: expect.any(String) }] }],
      ['google/gemini-2.5-flash', { object: 'chat.completion' }],
      ['mistral/mistral-small-latest', { object: 'chat.completion' }],
    ])('runs %s, in the words that Cloudflare answers for it', async (model, result) => {
      expect(await play('run-chat', { model, prompt: uniqueWord() })).toMatchObject({ ok: { result } })
    })

    test('streams', async () => {
      const played = await play('run-stream', { model: 'openai/gpt-4o-mini', prompt: uniqueWord() })
      expect(played).toEqual({ ok: expect.stringMatching(/^data: \{[^]*\n\ndata: \[DONE\]\n\n$/) })
    })

    test.each([
      [
        'nobody/any',
        { name: 'AiGatewayError', message: expect.stringMatching(/^7003: Model not found: nobody\/any\. /) },
      ],
      [
        'openai/gone+model-not-found',
        { name: 'InferenceUpstreamError', message: expect.stringMatching(/^7003: The model `gone` does not exist/) },
      ],
      [
        'openai/busy+status:429:7',
        { name: 'InferenceUpstreamError', message: expect.stringMatching(/^2003: Rate limit/) },
      ],
    ])('says why %s did not run', async (model, error) => {
      expect(await play('run-chat', { model, prompt: uniqueWord() })).toMatchObject({
        error: { ...error, type: 'InferenceUpstreamError' },
      })
    })

    test('reaches the universal endpoint, with options in one row', async () => {
      const prompt = uniqueWord()
      expect(await play('universal', { prompt })).toMatchObject({ ok: { status: 200, step: '1' } })
      const [row] = await rowsMarked(prompt)
      expect(row?.attempts.map(({ status_code }) => status_code)).toEqual([500, 200])
    })

    test('gets URLs and models', async () => {
      expect(await play('url', { provider: 'openai' })).toEqual({
        ok: expect.stringMatching(/\/v1\/account-1\/default\/openai$/),
      })
      expect(await play('url')).toEqual({ ok: expect.stringMatching(/\/v1\/account-1\/default\/$/) })
      expect(await play('models', { search: 'llama-3.1-8b-instruct' })).toEqual({
        ok: expect.arrayContaining([expect.objectContaining({ name: llama, source: 1 })]),
      })
    })

    test('reads a log row right after the answer, and patches it', async () => {
      const prompt = uniqueWord()
      const played = await play('run-chat', { model: 'openai/gpt-4o-mini', prompt })
      const id = /"logId":"([\da-f-]+)"/.exec(JSON.stringify(played))?.[1] ?? ''
      // 1 input token at $0.15 and 3 output tokens at $0.60 a million.
      expect(await play('log', { id })).toMatchObject({
        ok: {
          id,
          provider: 'openai',
          model: 'gpt-4o-mini',
          status_code: 200,
          success: true,
          cached: false,
          tokens_in: 1,
          tokens_out: 3,
          cost: 0.00000195,
          metadata: { mark: prompt },
          feedback: null,
        },
      })
      expect(await play('patch', { id })).toMatchObject({
        ok: { id, feedback: 1, score: 80, metadata: { rated: true } },
      })
      expect(await rowOf(id)).toMatchObject({ feedback: 1, score: 80 })
      expect(await play('log', { id: 'nobody' })).toMatchObject({ error: { type: 'AiGatewayLogNotFound' } })
    })
  })

  describe('workers-ai-provider 4, unchanged', () => {
    test('runs a @cf model', async () => {
      const prompt = uniqueWord()
      expect(await play('wai-cf', { model: llama, prompt })).toEqual({
        ok: { text: `You said: ${prompt}`, tokens: [1, 3] },
      })
    })

    test.each([
      [
        'wai-run',
        'openai/gpt-4o-mini',
        { transport: 'run', resumeEnabled: true, runId: expect.stringMatching(/^[\da-f]{64}$/) },
      ],
      ['wai-run', 'anthropic/claude-sonnet-4-5', { transport: 'run', runId: expect.stringMatching(/^[\da-f]{64}$/) }],
      ['wai-run', 'google/gemini-2.5-flash', { transport: 'run', runId: expect.stringMatching(/^[\da-f]{64}$/) }],
      ['wai-gateway', 'google/gemini-2.5-flash', { transport: 'gateway', runId: null, cfStep: '0' }],
      ['wai-gateway', 'mistral/mistral-small-latest', { transport: 'gateway', cacheStatus: 'MISS' }],
      ['wai-cache', 'openai/gpt-4o-mini', { transport: 'gateway', resumeEnabled: false }],
    ])('%s: streams %s', async (scenario, model, info) => {
      const prompt = uniqueWord()
      expect(await play(scenario, { model, prompt })).toMatchObject({
        ok: { text: `You said: ${prompt}`, tokens: [1, 3], info: { status: 200, ...info } },
      })
    })

    test.each([
      ['server', 1],
      ['client', 2],
    ])('falls back on the %s', async (mode, rows) => {
      const prompt = uniqueWord()
      const played = await play(`wai-${mode}-fallback`, {
        model: 'openai/gpt-4o-mini+status:500',
        fallback: 'anthropic/claude-sonnet-4-5',
        prompt,
      })
      expect(played).toMatchObject({ ok: { text: `You said: ${prompt}` } })
      await poll(async () => expect(await rowsMarked(prompt)).toHaveLength(rows))
    })

    test('resumes after a connection that drops at any event, and the run is made and billed once', async () => {
      // The stream of four words has 8 events: role, four words, finish, usage and end.
      const prompts: string[] = []
      for (let events = 0; events <= 7; events += 1) {
        const prompt = `${uniqueWord()} words 4`
        prompts.push(prompt)
        proxy.takePaths()
        proxy.dropAfter(events)
        expect(await play('wai-run', { model: 'openai/gpt-4o-mini', prompt })).toMatchObject({
          ok: { text: expect.stringMatching(/^\S+( \S+){3}$/), tokens: [3, 4] },
        })
        expect(proxy.takePaths().map((path) => path.replace(/[\da-f]{64}/, 'id'))).toEqual([
          '/ai-gateway/run?version=3',
          `/ai-gateway/gateways/default/run/id/resume?from=${events}`,
        ])
      }
      for (const prompt of prompts) {
        expect(await upstreamRequests(prompt)).toHaveLength(1)
        const rows = await rowsMarked(prompt)
        expect(rows.map(({ ending, usage }) => [ending, usage])).toEqual([['complete', { input: 3, output: 4 }]])
      }
    })

    test('resumes again and again', async () => {
      const prompt = uniqueWord()
      proxy.dropAfter(2, 1, 3)
      expect(
        await play('wai-run', { model: 'anthropic/claude-sonnet-4-5', prompt: `${prompt} words 30` }),
      ).toMatchObject({
        ok: { tokens: [3, 30] },
      })
      expect(await upstreamRequests(prompt)).toHaveLength(1)
    })
  })

  describe('ai-gateway-provider 4, unchanged', () => {
    test('falls back from one vendor to another', async () => {
      const prompt = uniqueWord()
      const played = await play('agp', { first: 'gpt-4o-mini+status:500', second: 'claude-sonnet-4-5', prompt })
      expect(played).toEqual({ ok: { text: `You said: ${prompt}`, step: '1' } })
      const [row] = await rowsMarked(prompt)
      expect([row?.provider, row?.step, row?.attempts.length]).toEqual(['anthropic', 1, 2])
    })

    test('reaches any provider through the unified endpoint', async () => {
      const prompt = uniqueWord()
      expect(await play('agp-unified', { model: 'groq/llama-3.3-70b-versatile', prompt })).toEqual({
        ok: { text: `You said: ${prompt}` },
      })
    })

    test('knows a missing gateway', async () => {
      expect(await play('agp-missing-gateway', { prompt: uniqueWord() })).toMatchObject({
        error: { type: 'AiGatewayDoesNotExist' },
      })
    })
  })
})
