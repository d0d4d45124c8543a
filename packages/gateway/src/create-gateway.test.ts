import { builtinProviders, createProviders, openaiCompatible } from '@gw/adapters'
import { createGatewayKey, createKeyResolver, createMemoryKeyStore } from '@gw/keys'
import { expect, test, vi } from 'vitest'
import * as z from 'zod'
import { createGateway } from './create-gateway.ts'
import type { Deps } from './deps.ts'
import { createMemoryServices } from './create-memory-services.ts'
import { createIdFactory } from './create-id-factory.ts'
import { createMemoryGatewayStore } from './gateways/create-memory-gateway-store.ts'
import { createMemoryLogStore } from './logs/create-memory-log-store.ts'
import type { LogRecord } from './logs/log-record.ts'
import type { Runs } from './runs/runs.ts'

const acme = openaiCompatible({ id: 'acme', baseURL: 'https://api.acme.ai/v1', pricedAs: 'openai' })
const completion = {
  id: 'c-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o-mini',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
}

/** The smallest gateway: everything in memory, one provider of the integrator's own. */
async function startGateway(change: Partial<Deps> = {}) {
  const upstream: Request[] = []
  const logs = createMemoryLogStore()
  const now = (): number => 1_795_000_000_000
  const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)
  const report = vi.fn<(error: unknown, logId: string) => void>()
  const key = await createGatewayKey({ id: 'k', orgId: 'default', secret: 'gw_test' })
  const app = createGateway({
    providers: createProviders([...builtinProviders, acme]),
    keys: createMemoryKeyStore([key]),
    gateways: createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings: {} }]),
    ...createMemoryServices({ now }),
    keyResolver: createKeyResolver({ env: { ACME_API_KEY: 'sk-acme' }, now, random }),
    recordLog: (record) => logs.insert([record]),
    logs,
    report,
    fetch: async (request) => {
      upstream.push(request)
      return Response.json(completion)
    },
    now,
    sleep: async () => undefined,
    createId: createIdFactory(now, random),
    random,
    variables: {},
    allowPrivateUpstreams: false,
    maxBodyBytes: 1_000_000,
    adminKey: 'admin',
    limits: { firstByteMs: 1000, idleMs: 1000, answerBytes: 1_000_000, drainMs: 0, drainBytes: 0 },
    ...change,
  })
  const chat = (model: string): Promise<Response> =>
    Promise.resolve(
      app.request('/v1/chat/completions', {
        method: 'POST',
        headers: { authorization: 'Bearer gw_test', 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
      }),
    )
  return { app, chat, upstream, logs, report }
}

test('a provider of your own has key, cost, log and error handling like a built-in one', async () => {
  const { chat, upstream, logs } = await startGateway()
  const response = await chat('acme/gpt-4o-mini')
  expect(await response.json()).toEqual(completion)
  expect([upstream[0]?.url, upstream[0]?.headers.get('authorization')]).toEqual([
    'https://api.acme.ai/v1/chat/completions',
    'Bearer sk-acme',
  ])
  const { data } = await logs.list({ orgId: 'default', limit: 10 })
  // 10 × $0.15 and 2 × $0.60 per million
  expect(data.map((row) => [row.provider, row.key_source, row.cost_nano_usd])).toEqual([
    ['acme', 'environment', 1500 + 1200],
  ])
  expect(response.headers.get('gw-cost')).toBe('0.0000027')
})

test('an error that nobody foresaw is reported without the request, and is internal to the caller', async () => {
  const failure = new TypeError('boom')
  const broken = (): never => {
    throw failure
  }
  const { chat, report, logs } = await startGateway({ providers: { list: [], find: broken } })
  const response = await chat('acme/gpt-4o-mini')
  const body = await response.json()
  expect(response.status).toBe(500)
  expect(body).toMatchObject({ error: { type: 'api_error', message: expect.not.stringContaining('boom') } })
  expect(report).toHaveBeenCalledWith(failure, response.headers.get('cf-aig-log-id'))
  expect((await logs.list({ orgId: 'default', limit: 10 })).data.map(({ status_code }) => status_code)).toEqual([500])
})

test('lists models for OpenAI and Anthropic clients in their own shapes', async () => {
  const { app } = await startGateway()
  const headers = { authorization: 'Bearer gw_test' }
  const openai = await (await app.request('/v1/models', { headers })).json()
  expect(openai).toMatchObject({
    object: 'list',
    data: expect.arrayContaining([expect.objectContaining({ id: 'openai/gpt-4o-mini', object: 'model' })]),
  })
  const anthropic = await (
    await app.request('/v1/models', { headers: { ...headers, 'anthropic-version': '2023-06-01' } })
  ).json()
  expect(anthropic).toMatchObject({
    has_more: false,
    data: expect.arrayContaining([expect.objectContaining({ type: 'model' })]),
  })
})

test('the control plane needs the admin key, and a gateway key is not one', async () => {
  const { app } = await startGateway()
  const statuses = await Promise.all(
    [undefined, 'Bearer gw_test', 'Bearer wrong', 'Bearer admin'].map(async (authorization) => {
      const response = await app.request('/api/logs', authorization ? { headers: { authorization } } : {})
      return response.status
    }),
  )
  expect(statuses).toEqual([401, 401, 401, 200])
})

test('a key made by the control plane works at once, and only its hash is kept', async () => {
  const { app } = await startGateway()
  const headers = { authorization: 'Bearer admin', 'content-type': 'application/json' }
  const made = await app.request('/api/gateway-keys', { method: 'POST', headers, body: '{"name":"backend"}' })
  const { key } = z.object({ key: z.string() }).parse(await made.json())
  expect([made.status, key]).toEqual([201, expect.stringMatching(/^gw_[\w-]{43}$/)])
  expect((await app.request('/v1/models', { headers: { authorization: `Bearer ${key}` } })).status).toBe(200)
  expect(await (await app.request('/api/gateway-keys', { headers })).text()).not.toContain(key)
})

test.each([
  ['{}', 'name'],
  ['{"name":5}', 'name'],
  ['nonsense', 'The body'],
])('the control plane says what is wrong with %s', async (body, field) => {
  const { app } = await startGateway()
  const headers = { authorization: 'Bearer admin', 'content-type': 'application/json' }
  const response = await app.request('/api/gateway-keys', { method: 'POST', headers, body })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({
    error: { code: 'invalid_request', message: expect.stringContaining(field) },
  })
})

test('a gateway that collects no logs leaves no row of a success, unless the request asks for one', async () => {
  const gateways = createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings: { collect_logs: false } }])
  const { app, logs } = await startGateway({ gateways })
  const ask = async (headers: Record<string, string>): Promise<number> => {
    const body = JSON.stringify({ model: 'acme/gpt-4o-mini', messages: [{ role: 'user', content: 'hello' }] })
    await app.request('/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: 'Bearer gw_test', ...headers },
      body,
    })
    return (await logs.list({ orgId: 'default', limit: 10 })).data.length
  }
  expect([await ask({}), await ask({ 'cf-aig-collect-log': 'true' })]).toEqual([0, 1])
})

test('a redirect is not followed with the secret, and is an error to a chat caller', async () => {
  const requests: string[] = []
  const { chat } = await startGateway({
    fetch: async (request) => {
      requests.push(request.url)
      return new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/' } })
    },
  })
  const response = await chat('acme/gpt-4o-mini')
  expect([response.status, requests]).toEqual([502, ['https://api.acme.ai/v1/chat/completions']])
})

test('a run that fails before it answers is an error that can be tried again, and leaves a row', async () => {
  const failure = new Error('overloaded')
  const { app, logs, upstream, report } = await startGateway({ runs: lostRuns(failure, undefined) })
  const response = await app.request('/v1/chat/completions', askForRun)
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('Try again') } })
  const { data } = await logs.list({ orgId: 'default', limit: 10 })
  expect(data.map(({ status_code }) => status_code)).toEqual([503])
  expect(upstream).toEqual([])
  expect(report).toHaveBeenCalledWith(failure, expect.stringMatching(/^[\da-f]{64}$/))
})

test('a run that is lost after the provider began to answer is an error with the row of the run, and no second one', async () => {
  const { app, logs } = await startGateway({ runs: lostRuns(new Error('evicted'), 'log-1') })
  const response = await app.request('/v1/chat/completions', askForRun)
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({
    error: { message: expect.stringContaining('is in the log'), gw: { log_id: 'log-1' } },
  })
  expect((await logs.list({ orgId: 'default', limit: 10 })).data).toEqual([])
})

test('a stream that has begun has a draft of its row, with what was seen so far', async () => {
  const drafts: (() => LogRecord)[] = []
  const events = ['{"role":"assistant","content":"Good "}', '{"content":"morning"}'].map(
    (delta) =>
      `data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":${delta},"finish_reason":null}]}\n\n`,
  )
  const { app, logs } = await startGateway({
    keepDraft: (draft) => void drafts.push(draft),
    fetch: async () =>
      new Response(
        new ReadableStream({
          start: (controller) => {
            for (const event of events) controller.enqueue(new TextEncoder().encode(event))
          },
        }),
        { headers: { 'content-type': 'text/event-stream' } },
      ),
  })
  const body = JSON.stringify({
    model: 'acme/gpt-4o-mini',
    stream: true,
    messages: [{ role: 'user', content: 'hello' }],
  })
  const response = await app.request('/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer gw_test' },
    body,
  })
  const reader = response.body?.getReader()
  await reader?.read()
  await reader?.read()
  expect(drafts.map((draft) => draft())).toMatchObject([
    {
      id: response.headers.get('cf-aig-log-id'),
      ending: 'truncated',
      success: false,
      provider: 'acme',
      usage_source: 'estimated',
      usage: { output: 3 },
    },
  ])
  expect((await logs.list({ orgId: 'default', limit: 10 })).data).toEqual([])
  await reader?.cancel()
})

test('a stream is let go of and leaves one row when what comes after its beginning fails', async () => {
  const cancelled = vi.fn<() => void>()
  const { app, logs, report } = await startGateway({
    keepDraft: () => {
      throw new TypeError('no room')
    },
    fetch: async () =>
      new Response(new ReadableStream({ cancel: cancelled }), { headers: { 'content-type': 'text/event-stream' } }),
  })
  const response = await app.request('/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer gw_test' },
    body: '{"model":"acme/gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"hello"}]}',
  })
  expect(response.status).toBe(500)
  await vi.waitFor(() => expect(cancelled).toHaveBeenCalledOnce())
  expect(report).toHaveBeenCalledOnce()
  await vi.waitFor(async () =>
    expect((await logs.list({ orgId: 'default', limit: 10 })).data.map(({ success }) => success)).toEqual([false]),
  )
})

const askForRun = {
  method: 'POST',
  headers: { authorization: 'Bearer gw_test', 'gw-resumable': 'true' },
  body: JSON.stringify({ model: 'acme/gpt-4o-mini', messages: [{ role: 'user', content: 'hello' }] }),
}

/** Runs that fail at their start, and have left a row or not. */
const lostRuns = (failure: Error, logId: string | undefined): Runs => ({
  start: () => Promise.reject(failure),
  abandon: async () => logId,
  resume: async () => undefined,
})

test.each([
  '/ai/run/%E0%A4%A',
  '/v1beta/models/%E0%A4%A:generateContent',
  '/v1/default/default/workers-ai/run/%E0%A4%A',
])('a model that is escaped wrongly in %s is the mistake of the caller', async (path) => {
  const { app, report } = await startGateway()
  const headers = { authorization: 'Bearer gw_test' }
  const response = await app.request(path, { method: 'POST', headers, body: '{"prompt":"hello"}' })
  expect(response.status).toBe(400)
  expect(report).not.toHaveBeenCalled()
})
