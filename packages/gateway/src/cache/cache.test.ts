import {
  createGatewayKey,
  createKeyResolver,
  createMemoryKeyStore,
  type KeyCandidate,
  type KeyScopes,
  Secret,
} from '@gw/keys'
import { expect, test } from 'vitest'
import { startMemoryGateway } from '../__fixtures__/memory-gateway.ts'
import type { Budget } from '../budgets/budget.ts'
import type { Deps } from '../deps.ts'
import { createMemoryGatewayStore } from '../gateways/create-memory-gateway-store.ts'
import { createMemoryAccountStore } from '../people/create-memory-account-store.ts'

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
