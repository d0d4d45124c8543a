import type { GatewayOptions as HeaderOptions } from '@gw/headers'
import { generateText } from 'ai'
import { expect, test } from 'vitest'
import { chatAnswer, createFakeAi } from '../__fixtures__/fake-ai.ts'
import { createFakeFetch } from '../__fixtures__/fake-fetch.ts'
import type { GatewayOptions } from '../ai-binding.ts'
import { createWorkersAI } from '../create-workers-ai.ts'
import { openai } from '../openai.ts'
import { createGatewayFetch } from './create-gateway-fetch.ts'

/** Every option of `@gw/headers` with its header; one that is added there is missing here until it has a row. */
const rows: {
  [K in Exclude<keyof HeaderOptions, 'authorization' | 'gatewayId' | 'resumable'>]-?: [
    value: NonNullable<HeaderOptions[K]>,
    headers: Record<string, string>,
  ]
} = {
  metadata: [{ a: 'ü', n: 9007199254740993n }, { 'cf-aig-metadata': '{"a":"\\u00fc","n":"9007199254740993"}' }],
  cacheTtl: [60, { 'cf-aig-cache-ttl': '60' }],
  skipCache: [true, { 'cf-aig-skip-cache': 'true' }],
  cacheKey: ['k', { 'cf-aig-cache-key': 'k' }],
  collectLog: [false, { 'cf-aig-collect-log': 'false' }],
  collectLogPayload: [false, { 'cf-aig-collect-log-payload': 'false' }],
  eventId: ['e-1', { 'cf-aig-event-id': 'e-1' }],
  requestTimeoutMs: [9000, { 'cf-aig-request-timeout': '9000' }],
  retries: [
    { maxAttempts: 4, retryDelayMs: 200, backoff: 'linear' },
    { 'cf-aig-max-attempts': '4', 'cf-aig-retry-delay': '200', 'cf-aig-backoff': 'linear' },
  ],
  customCost: [
    { perTokenIn: 0.001, perTokenOut: 0.002 },
    { 'cf-aig-custom-cost': '{"per_token_in":0.001,"per_token_out":0.002}' },
  ],
  byokAlias: ['team', { 'cf-aig-byok-alias': 'team' }],
  zdr: [true, { 'cf-aig-zdr': 'true' }],
  noWholesale: [true, { 'cf-aig-no-wholesale': 'true' }],
  otelTraceId: ['a'.repeat(32), { 'cf-aig-otel-trace-id': 'a'.repeat(32) }],
  otelParentSpanId: ['b'.repeat(16), { 'cf-aig-otel-parent-span-id': 'b'.repeat(16) }],
  sessionId: ['s', { 'cf-aig-session-id': 's' }],
  turnId: ['t', { 'cf-aig-turn-id': 't' }],
  noSessionAffinity: [true, { 'cf-aig-no-session-affinity': 'true' }],
  allowedModels: [['a', 'b'], { 'cf-aig-allowed-models': 'a,b' }],
  allowedProviders: [['openai'], { 'cf-aig-allowed-providers': 'openai' }],
  sessionAffinity: ['x', { 'x-session-affinity': 'x' }],
  constraints: [{ max_price: 1 }, { 'gw-constraints': '{"max_price":1}' }],
  freeFallback: [false, { 'gw-free-fallback': 'off' }],
  explain: [true, { 'gw-explain': 'true' }],
  continueStream: [true, { 'gw-continue-stream': 'true' }],
}

/** What the runtime's binding takes as an option of the run and puts into headers itself. */
const runtimeOptions = new Set([
  'cacheKey',
  'cacheTtl',
  'skipCache',
  'metadata',
  'collectLog',
  'eventId',
  'requestTimeoutMs',
  'retries',
])

test.each(Object.entries(rows))('%s reaches the gateway on every way', async (name, [value, headers]) => {
  const gateway: GatewayOptions = Object.assign({ id: 'gw' }, { [name]: value })
  const { ai, calls } = createFakeAi()
  const workersai = createWorkersAI({ binding: ai, gateway, providers: [openai] })

  await generateText({ model: workersai('openai/gpt-4o', { transport: 'gateway' }), prompt: 'hi' })
  await createGatewayFetch({ binding: ai, gateway })('https://api.openai.com/v1/x', { method: 'POST', body: '{}' })
  for (const { entries } of calls.universal) expect(entries[0]?.headers).toMatchObject(headers)
  expect(calls.universal).toHaveLength(2)

  await generateText({ model: workersai('openai/gpt-4o'), prompt: 'hi' })
  await generateText({ model: workersai('@cf/meta/llama'), prompt: 'hi' })
  await generateText({ model: createWorkersAI({ binding: ai, gateway })('openai/gpt-4o'), prompt: 'hi' })
  for (const { options } of calls.runs) {
    const isOption = runtimeOptions.has(name)
    expect(options.gateway).toEqual({ id: 'gw', ...(isOption && { [name]: value }) })
    const own = Object.entries(options.extraHeaders ?? {}).filter(([header]) => header in headers)
    expect(Object.fromEntries(own)).toEqual(isOption ? {} : headers)
  }

  const { fetch, sent } = createFakeFetch(() => chatAnswer('fine'))
  const rest = createWorkersAI({ accountId: 'a', apiKey: 'cf-token', fetch, gateway, providers: [openai] })
  for (const id of ['@cf/meta/llama', 'openai/gpt-4o', 'dynamic/x'])
    await generateText({ model: rest(id), prompt: 'hi' })
  for (const request of sent) expect(request.headers).toMatchObject(headers)
  expect(sent).toHaveLength(3)
})
