import {
  createGatewayKey,
  createKeyResolver,
  createMemoryKeyStore,
  createMemoryProviderKeyStore,
  createVault,
  parseMasterKeys,
  Secret,
  type KeyScopes,
  type ProviderKey,
} from '@gw/keys'
import { expect, test } from 'vitest'
import { startMemoryGateway } from '../__fixtures__/memory-gateway.ts'
import type { Deps } from '../deps.ts'
import { createMemoryGatewayStore } from '../gateways/create-memory-gateway-store.ts'
import type { GatewaySettings } from '../gateways/gateway-store.ts'

const now = (): number => 1_795_000_000_000
const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)
const completion = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o-mini',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
}
const refusals: Readonly<Record<string, Response>> = {
  'sk-wrong': Response.json(
    { error: { message: 'Incorrect API key provided.', code: 'invalid_api_key' } },
    { status: 401 },
  ),
  'sk-empty': Response.json(
    { error: { message: 'You exceeded your current quota.', type: 'insufficient_quota', code: 'insufficient_quota' } },
    { status: 429 },
  ),
}

async function createStoredKeys(secrets: Readonly<Record<string, Partial<ProviderKey>>>) {
  const masterKeys = parseMasterKeys(btoa('m'.repeat(32)))
  if (!masterKeys) throw new Error('There is a master key.')
  const vault = createVault({ masterKeys, random })
  const keys = await Promise.all(
    Object.entries(secrets).map(async ([secret, change]): Promise<ProviderKey> => {
      const orgId = change.level?.startsWith('system') ? null : 'default'
      const sealed = await vault.seal(new Secret(secret), { orgId, providerId: 'openai', recordId: secret })
      return {
        id: secret,
        level: 'org',
        orgId,
        userId: null,
        tierId: null,
        providerId: 'openai',
        alias: 'default',
        name: secret,
        weight: 1,
        lastFour: secret.slice(-4),
        sealed,
        createdAt: 0,
        updatedAt: 0,
        disabledAt: null,
        rejection: null,
        ...change,
      }
    }),
  )
  return { store: createMemoryProviderKeyStore(keys), vault }
}

const gatewayWith = (settings: GatewaySettings) =>
  createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings }])

/** The gateway's one key, for some uses only. */
async function scopedTo(scopes: KeyScopes): Promise<Partial<Deps>> {
  const key = await createGatewayKey({ id: 'k', orgId: 'default', secret: 'gw_test', scopes })
  return { keys: createMemoryKeyStore([key]) }
}

interface Start {
  stored?: Readonly<Record<string, Partial<ProviderKey>>>
  env?: Readonly<Record<string, string>>
  change?: Partial<Deps>
  answer?: (request: Request) => Response
}

async function start({ stored = {}, env = {}, change = {}, answer = () => Response.json(completion) }: Start) {
  const sent: { host: string; key: string; body: string }[] = []
  const resolver = createKeyResolver({ ...(await createStoredKeys(stored)), env, now, random })
  const fetch = async (request: Request): Promise<Response> => {
    const key = request.headers.get('authorization')?.replace('Bearer ', '') ?? ''
    sent.push({ host: new URL(request.url).host, key, body: await request.clone().text() })
    return refusals[key]?.clone() ?? answer(request)
  }
  const gateway = await startMemoryGateway(fetch, { keyResolver: resolver, ...change })
  const chat = (headers: Record<string, string> = {}, more: object = {}): Promise<Response> =>
    Promise.resolve(
      gateway.app.request('/v1/chat/completions', {
        method: 'POST',
        headers: { 'cf-aig-authorization': 'Bearer gw_test', 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'hi' }], ...more }),
      }),
    )
  return { ...gateway, sent, keysSent: () => sent.map(({ key }) => key), chat }
}

test('a key that its provider rejects makes room for the next level in the same request', async () => {
  const stored = { 'sk-wrong': {}, 'sk-empty': { level: 'system' as const } }
  const { chat, keysSent, rows, rowsReach, alerts } = await start({ stored, env: { OPENAI_API_KEY: 'sk-env' } })
  const response = await chat()
  expect([response.status, response.headers.get('gw-key-source')]).toEqual([200, 'environment'])
  expect(keysSent()).toEqual(['sk-wrong', 'sk-empty', 'sk-env'])
  await rowsReach(1)
  expect(rows[0]?.attempts.map((attempt) => [attempt.key_source, attempt.provider_key_id, attempt.error_type])).toEqual(
    [
      ['org', 'sk-wrong', 'auth'],
      ['system', 'sk-empty', 'quota_exceeded'],
      ['environment', null, null],
    ],
  )
  expect([rows[0]?.key_source, rows[0]?.provider_key_id]).toEqual(['environment', null])
  expect(alerts.map(({ kind, orgId, subject }) => [kind, orgId, subject])).toEqual([
    ['key_rejected', 'default', 'sk-wrong'],
    ['key_rejected', null, 'sk-empty'],
  ])
  // Both rest now.
  await chat()
  expect(keysSent().slice(3)).toEqual(['sk-env'])
})

test("the caller's own key that its provider rejects is the end of it", async () => {
  const { chat, keysSent } = await start({ env: { OPENAI_API_KEY: 'sk-env', CLOUDFLARE_API_TOKEN: 'cf' } })
  const response = await chat({ authorization: 'Bearer sk-wrong' })
  expect(response.status).toBe(401)
  expect(keysSent()).toEqual(['sk-wrong'])
})

test('an alias chooses among stored keys, and an unknown one is an error that names those there are', async () => {
  const stored = { 'sk-main': {}, 'sk-second': { alias: 'second' } }
  const { chat, keysSent } = await start({ stored, env: { OPENAI_API_KEY: 'sk-env' } })
  expect((await chat({ 'cf-aig-byok-alias': 'second' })).headers.get('gw-key-source')).toBe('org')
  const unknown = await chat({ 'cf-aig-byok-alias': 'third' })
  expect(unknown.status).toBe(400)
  expect(await unknown.json()).toMatchObject({
    error: {
      message: expect.stringContaining("no BYOK credential named 'third'. Configured aliases: 'default', 'second'"),
    },
  })
  expect(keysSent()).toEqual(['sk-second'])
})

const cloud = { CLOUDFLARE_API_TOKEN: 'cf-token' }
const workersAnswer = (): Response =>
  Response.json({
    result: { response: 'hi', usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 } },
    success: true,
  })

test('without any valid key a free Workers AI model answers, at no cost, and says so', async () => {
  const { chat, sent, rows, rowsReach } = await start({ env: cloud, answer: workersAnswer })
  const response = await chat()
  expect(response.status).toBe(200)
  expect(response.headers.get('gw-key-source')).toBe('free')
  expect(response.headers.get('gw-requested-model')).toBe('openai/gpt-4o-mini')
  const model = response.headers.get('gw-model')
  expect(model).toMatch(/^@cf\//)
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'hi' } }] })
  expect(sent.map(({ host, key }) => [host, key])).toEqual([['api.cloudflare.com', 'cf-token']])
  await rowsReach(1)
  expect(rows[0]).toMatchObject({
    requested_model: 'openai/gpt-4o-mini',
    provider: 'workers-ai',
    model,
    key_source: 'free',
    cost_nano_usd: 0,
    charged_nano_usd: null,
    usage: { input: 10, output: 2 },
  })
  expect(rows[0]?.milli_neurons).toBeGreaterThan(0)
  expect(rows[0]?.attempts.map(({ error_code }) => error_code)).toEqual(['missing_upstream_secret', null])
})

test('also when all keys are rejected', async () => {
  const env = { ...cloud, OPENAI_API_KEY: 'sk-wrong' }
  const { chat, sent } = await start({ env, answer: workersAnswer })
  expect((await chat()).headers.get('gw-key-source')).toBe('free')
  expect(sent.map(({ host }) => host)).toEqual(['api.openai.com', 'api.cloudflare.com'])
})

test('the request and the gateway can turn it off', async () => {
  const { chat, sent } = await start({ env: cloud, answer: workersAnswer })
  expect((await chat({ 'gw-free-fallback': 'off' })).status).toBe(401)
  const gateways = gatewayWith({ free_fallback: false })
  const closed = await start({ env: cloud, answer: workersAnswer, change: { gateways } })
  expect((await closed.chat()).status).toBe(401)
  expect((await closed.chat({ 'gw-free-fallback': 'on' })).status).toBe(200)
  expect(sent).toEqual([])
})

test('a request that no free model can do keeps its error', async () => {
  const { chat, sent } = await start({ env: cloud, answer: workersAnswer })
  const audio = { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }
  const response = await chat({}, { messages: [{ role: 'user', content: [audio] }] })
  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({
    error: { message: expect.stringContaining('No valid key for provider "openai"') },
  })
  expect(sent).toEqual([])
})

test('the free level ends with the neurons of the day', async () => {
  const { chat, sent } = await start({ env: cloud, answer: workersAnswer, change: { neuronsPerDay: 0 } })
  expect((await chat()).status).toBe(401)
  expect(sent).toEqual([])
})

test('Workers AI itself goes on past the free neurons at its price, unless the gateway says otherwise', async () => {
  const paid = await start({ env: cloud, answer: workersAnswer, change: { neuronsPerDay: 0 } })
  const model = { model: '@cf/meta/llama-3.2-1b-instruct' }
  expect((await paid.chat({}, model)).status).toBe(200)
  await paid.rowsReach(1)
  expect(paid.rows[0]?.cost_nano_usd).toBeGreaterThan(0)

  const gateways = gatewayWith({ neurons_past_limit: 'error' })
  const refused = await start({ env: cloud, change: { neuronsPerDay: 0, gateways } })
  const response = await refused.chat({}, model)
  expect(response.status).toBe(429)
  expect(await response.json()).toMatchObject({
    error: { message: expect.stringContaining('free neurons of Workers AI are used') },
  })
  expect(refused.sent).toEqual([])
})

test('a key with scopes reaches nothing else', async () => {
  const { chat, sent } = await start({
    env: { OPENAI_API_KEY: 'sk-env' },
    change: await scopedTo({ models: ['openai/gpt-4o*'] }),
  })
  expect((await chat()).status).toBe(200)
  const response = await chat({}, { model: 'openai/gpt-5' })
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({
    error: { message: expect.stringContaining('is not for the model "openai/gpt-5"') },
  })
  expect(sent).toHaveLength(1)
})

test.each([
  ['providers', { providers: ['anthropic'] }],
  ['endpoints', { endpoints: ['/v1/embeddings'] }],
  ['gateways', { gateways: ['production'] }],
])('a key for other %s is refused before anything is called', async (_, scopes) => {
  const { chat, sent } = await start({ env: { OPENAI_API_KEY: 'sk-env' }, change: await scopedTo(scopes) })
  expect((await chat()).status).toBe(403)
  expect(sent).toEqual([])
})

test('a key with scopes is offered no other models, and nothing of other gateways', async () => {
  const { app } = await start({
    change: await scopedTo({ models: ['gpt-4o'], providers: ['openai'], gateways: ['default'] }),
  })
  const headers = { authorization: 'Bearer gw_test' }
  expect(await (await app.request('/v1/models', { headers })).json()).toMatchObject({ data: [{ id: 'openai/gpt-4o' }] })
  expect((await app.request('/ai-gateway/gateways/other/url/openai', { headers })).status).toBe(403)
})

test('the free level is no way around scopes', async () => {
  const change = await scopedTo({ providers: ['openai'] })
  const { chat, sent } = await start({ env: cloud, answer: workersAnswer, change })
  expect((await chat()).status).toBe(401)
  expect(sent).toEqual([])
})
