import {
  createGatewayKey,
  createKeyResolver,
  createMemoryKeyStore,
  type KeyCandidate,
  type KeyScopes,
  Secret,
} from '@gw/keys'
import { expect, test, vi } from 'vitest'
import { startMemoryGateway } from '../__fixtures__/memory-gateway.ts'
import type { Budget } from '../budgets/budget.ts'
import type { Deps } from '../deps.ts'
import { createMemoryGatewayStore } from '../gateways/create-memory-gateway-store.ts'
import type { GatewaySettings } from '../gateways/gateway-store.ts'
import { createMemoryAccountStore } from '../people/create-memory-account-store.ts'
import type { AnswerCache } from './answer-cache.ts'
import { createCaching } from './create-caching.ts'
import { createMemoryAnswerCache } from './create-memory-answer-cache.ts'

const answer = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o-mini',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
}

interface Holder {
  scopes?: KeyScopes
  userId?: string
}

/** A gateway whose cache is on, with a key for each holder. */
async function start(holders: Readonly<Record<string, Holder>>, change: Partial<Deps> = {}) {
  let calls = 0
  const keys = await Promise.all(
    Object.entries(holders).map(async ([id, { scopes = {}, userId = null }]) => ({
      ...(await createGatewayKey({ id, orgId: 'default', secret: `gw_${id}` })),
      scopes,
      userId,
    })),
  )
  const gateway = await startMemoryGateway(
    async () => {
      calls += 1
      return Response.json(answer)
    },
    {
      keys: createMemoryKeyStore(keys),
      gateways: createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings: { cache_ttl: 60 } }]),
      ...change,
    },
  )
  return {
    ...gateway,
    calls: () => calls,
    ask: async (holder: string, model = 'openai/gpt-4o-mini', headers: Record<string, string> = {}) => {
      const response = await gateway.app.request('/v1/chat/completions', {
        method: 'POST',
        headers: { 'cf-aig-authorization': `gw_${holder}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
      })
      await response.text()
      return `${response.status} ${response.headers.get('cf-aig-cache-status')}`
    },
  }
}

test('what one holder of a key asked, another gets, of the same gateway', async () => {
  const { ask, calls } = await start({ a: {}, b: {} })
  expect([await ask('a'), await ask('b'), calls()]).toEqual(['200 MISS', '200 HIT', 1])
})

test('a key that is not for the model gets no answer of it from the cache, even under a custom key', async () => {
  const { ask, calls } = await start({ a: {}, b: { scopes: { models: ['anthropic/*'] } } })
  const key = { 'cf-aig-cache-key': 'k' }
  expect([await ask('a', undefined, key), await ask('b', undefined, key)]).toEqual(['200 MISS', '403 null'])
  // The caller may use the model that it names, and not the one that answered.
  expect([await ask('b', 'anthropic/claude-sonnet-4-5', key), calls()]).toEqual(['200 MISS', 2])
})

test('a HIT needs no budget', async () => {
  const budget: Budget = {
    id: 'b',
    orgId: 'default',
    name: 'B',
    scope: 'org',
    scopeId: null,
    period: 'total',
    limitNanoUsd: 50_000_000,
    mode: 'hard',
    createdAt: 0,
    disabledAt: null,
  }
  const budgets = [budget]
  const principal = { kind: 'org', id: 'default' } as const
  const accounts = createMemoryAccountStore({ principal, budgets })
  const { ask, rows } = await start({ a: {} }, { accounts })
  expect(await ask('a')).toBe('200 MISS')
  budgets[0] = { ...budget, limitNanoUsd: 0 }
  expect([await ask('a'), await ask('a', 'openai/gpt-4o')]).toEqual(['200 HIT', '429 null'])
  expect(rows[1]).toMatchObject({ cache_status: 'HIT', charged_nano_usd: null, cost_nano_usd: 0, attempts: [] })
})

test('a HIT takes a permit of the request limits', async () => {
  const tier = { id: 'T', name: 'T', requestsPerDay: 2, requestsPerMinute: null, tokensPerMinute: null }
  const accounts = createMemoryAccountStore({ tier, principal: { kind: 'org', id: 'default' }, budgets: [] })
  const { ask } = await start({ a: {} }, { accounts })
  expect([await ask('a'), await ask('a'), await ask('a')]).toEqual(['200 MISS', '200 HIT', '429 null'])
})

test('answers that a user’s own stored key paid for are the user’s alone', async () => {
  const env = createKeyResolver({
    env: { OPENAI_API_KEY: 'sk' },
    now: Date.now,
    random: (bytes) => void crypto.getRandomValues(bytes),
  })
  const own: KeyCandidate = {
    providerId: 'openai',
    source: 'user',
    keyId: 'own',
    alias: 'default',
    secret: new Secret('sk-ann'),
  }
  const keyResolver: Deps['keyResolver'] = {
    ...env,
    resolve: async (query) => (query.caller.userId === 'ann' ? [own] : env.resolve(query)),
  }
  const { ask, calls } = await start({ ann: { userId: 'ann' }, bob: { userId: 'bob' }, eve: {} }, { keyResolver })
  expect([await ask('ann'), await ask('ann'), await ask('bob'), await ask('eve'), calls()]).toEqual([
    '200 MISS',
    '200 HIT',
    '200 MISS',
    '200 HIT',
    2,
  ])
})

/** A gateway whose cache is on, in front of a provider; the key is everyone's. */
async function startBefore(
  answer: () => Response | Promise<Response>,
  settings: GatewaySettings = {},
  change: Partial<Deps> = {},
) {
  let calls = 0
  const gateway = await startMemoryGateway(
    async () => {
      calls += 1
      return answer()
    },
    {
      gateways: createMemoryGatewayStore([
        { orgId: 'default', id: 'default', settings: { cache_ttl: 60, ...settings } },
      ]),
      ...change,
    },
  )
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    gateway.app.request(path, {
      method: 'POST',
      headers: { 'cf-aig-authorization': 'gw_test', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  return {
    ...gateway,
    post,
    calls: () => calls,
    /** What the cache says. */
    said: async (...request: Parameters<typeof post>): Promise<string> => {
      const response = await post(...request)
      await response.text()
      return `${response.status} ${response.headers.get('cf-aig-cache-status')}`
    },
  }
}

const native = '/v1/acc/default'
const messages = [{ role: 'user', content: 'hello' }]

test.each([
  ['a message of a thread', 'openai/v1/threads/thread_1/messages', { role: 'user', content: 'yes' }],
  ['an asynchronous job', 'perplexity-ai/async/chat/completions', { request: { model: 'sonar', messages } }],
  ['an answer for later', 'grok/v1/chat/completions', { model: 'grok-4', messages, deferred: true }],
  ['a stored agent', 'mistral/v1/agents/completions', { agent_id: 'ag_1', messages }],
  [
    'a container of a tool',
    'openai/v1/responses',
    { model: 'gpt-5', input: 'run it', tools: [{ type: 'code_interpreter', container: 'cntr_1' }] },
  ],
])('%s always goes to the provider', async (_, path, body) => {
  const { said, calls } = await startBefore(() => Response.json({ id: 'x' }))
  const request = [`${native}/${path}`, body, { authorization: 'Bearer sk-caller' }] as const
  expect([await said(...request), await said(...request), calls()]).toEqual(['200 MISS', '200 MISS', 2])
})

test.each([
  ['aws-bedrock/bedrock-runtime/us-east-1/model/some.model/invoke', 'x-amzn-bedrock-guardrailidentifier'],
  ['openai/v1/chat/completions', 'openai-project'],
])('a header that changes the answer of %s is part of the key', async (path, name) => {
  const { said } = await startBefore(() => Response.json(answer))
  const asked = [{}, { [name]: 'one' }, { [name]: 'two' }, { [name]: 'one' }]
  const results: string[] = []
  for (const headers of asked) results.push(await said(`${native}/${path}`, { model: 'm', messages }, headers))
  expect(results).toEqual(['200 MISS', '200 MISS', '200 MISS', '200 HIT'])
})

const json = 'application/json'
const gemini = 'google-ai-studio/v1beta/models/gemini-2.5-flash:streamGenerateContent'
const failed = '{"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}}'
test.each([
  ['a list that ends with an error', gemini, json, `[{"candidates":[]},${failed}]`],
  ['a list that breaks off', gemini, json, '[{"candidates":[]}'],
  ['JSON that breaks off', 'openai/v1/embeddings', json, '{"data":[{"embedd'],
  ['an event with an error', 'openai/v1/images/generations', 'text/event-stream', `data: ${failed}\n\n`],
])('%s is not kept', async (...[, path, type, body]) => {
  const { said } = await startBefore(() => new Response(body, { headers: { 'content-type': type } }))
  const request = [`${native}/${path}`, { model: 'm', prompt: 'x' }] as const
  expect([await said(...request), await said(...request)]).toEqual(['200 MISS', '200 MISS'])
})

test('an entry’s own alias is part of the key', async () => {
  const { said } = await startBefore(() => Response.json(answer))
  const entry = (alias: string) => ({
    provider: 'openai',
    endpoint: 'v1/chat/completions',
    headers: { 'cf-aig-byok-alias': alias },
    query: { model: 'gpt-4o-mini', messages },
  })
  expect([await said(native, [entry('default')]), await said(native, [entry('other')])]).toEqual([
    '200 MISS',
    '400 null',
  ])
})

test('what a caller wants of fallbacks is part of the key', async () => {
  const { said } = await startBefore(() => Response.json(answer), { fallbacks: [{ to: ['auto'] }] })
  const body = { model: 'openai/gpt-4o-mini', messages }
  const results = [
    await said('/v1/chat/completions', body),
    await said('/v1/chat/completions', { ...body, 'gw-constraints': { zero_retention: false } }),
    await said('/v1/chat/completions', body, { 'cf-aig-zdr': 'true', 'cf-aig-cache-key': 'k' }),
    await said('/v1/chat/completions', body, { 'cf-aig-cache-key': 'k' }),
  ]
  expect(results).toEqual(['200 MISS', '200 MISS', '200 MISS', '200 MISS'])
})

test('in a universal request the entry says key and skipping, also where a route chooses', async () => {
  const { app, said } = await startBefore(() => Response.json(answer), { cache_ttl: 0 })
  const to = (elementId: string) => ({ elementId })
  const target = { provider: 'openai', model: 'gpt-4o-mini', timeout: 0, retries: 0 }
  const elements = [
    { id: 'start', type: 'start', outputs: { next: to('model') } },
    { id: 'model', type: 'model', properties: target, outputs: { success: to('end') } },
    { id: 'end', type: 'end', outputs: {} },
  ]
  const made = await app.request('/api/gateways/default/routes', {
    method: 'POST',
    headers: { authorization: 'Bearer admin', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'r', elements }),
  })
  expect(made.status).toBe(201)
  const ask = (content: string, headers: object) => {
    const query = { model: 'dynamic/r', messages: [{ role: 'user', content }] }
    return said(native, [{ provider: 'compat', endpoint: 'chat/completions', headers, query }])
  }
  const key = { 'cf-aig-cache-key': 'k' }
  expect([await ask('a', key), await ask('b', key)]).toEqual(['200 MISS', '200 HIT'])
  expect(await ask('a', { ...key, 'cf-aig-skip-cache': 'true' })).toBe('200 MISS')
})

test('under one custom key of a universal request, each endpoint has an answer of its own', async () => {
  const { said } = await startBefore(() => Response.json(answer))
  const ask = (endpoint: string, query: object) =>
    said(native, [{ provider: 'compat', endpoint, headers: { 'cf-aig-cache-key': 'k' }, query }])
  const model = 'mistral/mistral-small-latest'
  expect(await ask('chat/completions', { model, messages })).toBe('200 MISS')
  expect(await ask('responses', { model, input: 'hello' })).toBe('200 MISS')
  expect(await ask('responses', { model, input: 'good bye' })).toBe('200 HIT')
})

test('a key that is revoked while its request waits for another’s answer gets none, and the lead goes on', async () => {
  const secrets = ['gw_one', 'gw_two', 'gw_three']
  const keys = createMemoryKeyStore(
    await Promise.all(secrets.map((secret) => createGatewayKey({ id: secret, orgId: 'default', secret }))),
  )
  const failing: (() => void)[] = []
  const answers = createMemoryAnswerCache({ now: Date.now })
  let waiting = 0
  const wait: AnswerCache['wait'] = (...call) => {
    waiting += 1
    return answers.wait(...call)
  }
  const { post, calls } = await startBefore(
    () =>
      failing.length > 0
        ? Response.json(answer)
        : new Promise((resolve) => failing.push(() => resolve(Response.json({ error: {} }, { status: 400 })))),
    {},
    { keys, cache: createCaching({ answers: { ...answers, wait } }) },
  )
  const ask = (secret: string) =>
    post('/v1/chat/completions', { model: 'openai/gpt-4o-mini', messages }, { 'cf-aig-authorization': secret })
  const first = ask('gw_one')
  await vi.waitFor(() => expect(failing).toHaveLength(1))
  const others = [ask('gw_two'), ask('gw_three')]
  await vi.waitFor(() => expect(waiting).toBe(2))
  await keys.revoke('default', 'gw_two', 0)
  for (const fail of failing) fail()
  const statuses = (await Promise.all([first, ...others])).map(({ status }) => status)
  expect([...statuses, calls()]).toEqual([400, 401, 200, 2])
})
