import {
  createHealth,
  createMemoryGatewayStore,
  createMemoryHealthBoard,
  type Deps,
  type GatewaySettings,
} from '@gw/gateway'
import { env } from 'cloudflare:test'
import { describe, expect, test, vi } from 'vitest'
import { createHealthBoard } from '../src/create-health-board.ts'
import { failing } from './failing.ts'
import { keysOf } from './keys-of.ts'
import { startGateway } from './start-gateway.ts'

const hi = [{ role: 'user', content: 'hello there' }]
const keys = keysOf({
  OPENAI_API_KEY: 'sk-a',
  ANTHROPIC_API_KEY: 'sk-ant-a',
  GOOGLE_API_KEY: 'AIza',
  COHERE_API_KEY: 'co',
})

/** Blended 3:1, USD per million tokens: 0.2625, 2, 6 (list prices of 2026-11). */
const pool = ['openai/gpt-4o-mini', 'anthropic/claude-haiku-4-5', 'anthropic/claude-sonnet-4-5']

const settingsStore = (settings: GatewaySettings) =>
  createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings }])

/** A gateway that knows nothing yet of how its targets are. */
function startRouting(settings: GatewaySettings, change: (deps: Deps) => Partial<Deps> = () => ({})) {
  return startGateway((deps) => ({
    keyResolver: keys,
    gateways: settingsStore(settings),
    health: createHealth({ board: createMemoryHealthBoard(deps), now: deps.now }),
    ...change(deps),
  }))
}

describe('a strategy chooses', () => {
  const ways: [string, string, object][] = [
    ['chat completions', '/v1/chat/completions', { model: 'auto/cheapest', messages: hi }],
    ['messages', '/v1/messages', { model: 'auto/cheapest', messages: hi, max_tokens: 50 }],
    ['responses', '/v1/responses', { model: 'auto/cheapest', input: 'hello there', store: false }],
    [
      'generateContent',
      '/v1beta/models/auto/cheapest:generateContent',
      { contents: [{ role: 'user', parts: [{ text: 'hello there' }] }] },
    ],
    ['Ollama', '/api/chat', { model: 'auto/cheapest', messages: hi, stream: false }],
    ['completions', '/v1/completions', { model: 'auto/cheapest', prompt: 'hello there' }],
    ['compat', '/v1/acc/default/compat/chat/completions', { model: 'auto/cheapest', messages: hi }],
    ['run', '/client/v4/accounts/acc/ai/run', { model: 'auto/cheapest', input: { messages: hi } }],
    [
      'universal',
      '/v1/acc/default',
      [
        {
          provider: 'compat',
          endpoint: 'chat/completions',
          headers: {},
          query: { model: 'auto/cheapest', messages: hi },
        },
      ],
    ],
  ]

  test.each(ways)('on %s', async (_, path, body) => {
    const gateway = await startRouting({ routing: { models: pool } })
    const response = await gateway.post(path, body)
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('You said: hello there')])
    expect(response.headers.get('gw-model')).toBe('gpt-4o-mini')
    const row = await gateway.rowOf(response)
    expect(row).toMatchObject({
      provider: 'openai',
      model: 'gpt-4o-mini',
      requested_model: 'auto/cheapest',
      success: true,
    })
    expect(row.routing).toMatchObject({ strategy: 'cheapest', reason: 'score', candidates: 3, needs: ['chat'] })
  })

  test('among models of the task alone', async () => {
    const gateway = await startRouting({})
    const embedded = await gateway.post('/v1/embeddings', { model: 'auto/cheapest', input: 'hello there' })
    expect(embedded.status).toBe(200)
    const row = await gateway.rowOf(embedded)
    expect(row.model).toContain('embed')
    const ranked = await gateway.post('/v1/rerank', { model: 'auto', query: 'a', documents: ['a b', 'c'] })
    expect([ranked.status, ranked.headers.get('gw-provider')]).toEqual([200, 'cohere'])
  })
})

test('a conversation that the gateway keeps goes on at a provider that keeps its own', async () => {
  const haiku = 'anthropic/claude-haiku-4-5'
  const mini = 'openai/gpt-4o-mini'
  const settings: GatewaySettings = { routing: { models: [haiku] } }
  const gateway = await startRouting(settings)
  const post = (body: object) => gateway.post('/v1/responses', { model: 'auto', ...body })
  const first: { id: string } = await (await post({ input: 'hello there' })).json()
  settings.routing = { models: [mini] }
  const second = await post({ input: 'and now?', previous_response_id: first.id })
  expect([second.status, await second.json()]).toMatchObject([200, { previous_response_id: null }])
  const asked = gateway.simulator.requests.at(-1)?.body
  expect(asked).not.toHaveProperty('previous_response_id')
  expect(asked).toMatchObject({
    input: [
      { role: 'user', content: 'hello there' },
      { role: 'assistant', content: [{ text: 'You said: hello there' }] },
      { role: 'user', content: 'and now?' },
    ],
  })
  expect(JSON.stringify(asked)).not.toContain('"id"')
})

test('tokens are counted for the model that a strategy would choose', async () => {
  const gateway = await startRouting({ routing: { models: pool, strategy: 'quality' } })
  const response = await gateway.post('/v1/messages/count_tokens', { model: 'auto', messages: hi })
  // The simulator counts words.
  expect([response.headers.get('gw-model'), await response.json()]).toEqual(['claude-sonnet-4-5', { input_tokens: 2 }])
})

describe('what a request needs, and a caller wants', () => {
  const chosen = async (settings: GatewaySettings, body: object, headers: Record<string, string> = {}) => {
    const gateway = await startRouting(settings)
    const response = await gateway.post(
      '/v1/chat/completions',
      { model: 'auto/cheapest', messages: hi, ...body },
      headers,
    )
    const text = await response.text()
    return [response.status, response.headers.get('gw-provider') ?? text]
  }
  const all = { routing: { models: ['cohere/command-r-08-2024', ...pool] } }

  test.each<[string, object, Record<string, string>, string]>([
    ['the cheapest that can do it', {}, {}, 'cohere'],
    [
      'pictures',
      {
        messages: [
          { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }] },
        ],
      },
      {},
      'openai',
    ],
    ['a longer answer than some give', { max_completion_tokens: 20_000 }, {}, 'anthropic'],
    ['a header', {}, { 'gw-constraints': '{"deny":["cohere","openai"]}' }, 'anthropic'],
    ['a field of the body', { 'gw-constraints': { min_quality: 8 } }, {}, 'anthropic'],
    ["Cloudflare's header for models", {}, { 'cf-aig-allowed-models': 'anthropic/claude-sonnet-4-5' }, 'anthropic'],
    ["Cloudflare's header for providers", {}, { 'cf-aig-allowed-providers': 'openai' }, 'openai'],
  ])('%s', async (...[, body, headers, provider]) => {
    expect(await chosen(all, body, headers)).toEqual([200, provider])
  })

  test('a caller may narrow what the gateway allows, and never widen it', async () => {
    const settings = { routing: { models: pool, constraints: { allow: ['anthropic/*'], max_price: 3 } } }
    expect(await chosen(settings, {})).toEqual([200, 'anthropic'])
    const [status, text] = await chosen(settings, {}, { 'gw-constraints': '{"allow":["openai/*"],"max_price":100}' })
    expect([status, text]).toEqual([400, expect.stringContaining('auto/cheapest found no model among 3')])
  })

  test('a mistake is said, and nobody is called', async () => {
    const gateway = await startRouting(all)
    const post = (body: object, headers: Record<string, string> = {}) =>
      gateway.post('/v1/chat/completions', { model: 'auto', messages: hi, ...body }, headers)
    const wrong = await post({}, { 'gw-constraints': '{"max_price":"cheap","colour":1}' })
    expect([wrong.status, await wrong.json()]).toEqual([
      400,
      {
        error: expect.objectContaining({
          message: expect.stringContaining('max_price must be a number'),
          param: 'gw-constraints',
        }),
      },
    ])
    const unknown = await post({ model: 'auto/best' })
    expect([unknown.status, await unknown.text()]).toEqual([
      404,
      expect.stringContaining('auto/cheapest, auto/fastest'),
    ])
    expect(gateway.simulator.requests).toEqual([])
  })

  test('of two lists both have to name a target', async () => {
    const lists = {
      'gw-constraints': '{"allow":["openai/*","anthropic/*"]}',
      'cf-aig-allowed-providers': 'anthropic,cohere',
    }
    expect(await chosen(all, {}, lists)).toEqual([200, 'anthropic'])
  })

  test('hold for a model that the caller names too, and for what a rule leads to', async () => {
    const second = 'anthropic/claude-haiku-4-5'
    const gateway = await startRouting({ fallbacks: [{ to: [second] }] })
    const named = (model: string, constraints: object) =>
      gateway.post('/v1/chat/completions', { model, messages: hi, 'gw-constraints': constraints })
    const excluded = await named('openai/gpt-4o-mini', { deny: ['openai'] })
    expect([excluded.status, await excluded.text()]).toEqual([400, expect.stringContaining('`deny` names it: openai.')])
    const wrong = await named('openai/gpt-4o-mini', { max_price: 'cheap' })
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('max_price must be a number')])
    expect(gateway.simulator.requests).toEqual([])

    // gpt-4o-mini costs $0.2625 blended, claude-haiku-4-5 $2.
    const cheap = await named('openai/gpt-4o-mini+status:500', { allow: ['*/*'], deny: ['anthropic'] })
    expect([cheap.status, gateway.simulator.requests.map(({ provider }) => provider)]).toEqual([500, ['openai']])
  })

  test('constraints of the body stay here', async () => {
    const gateway = await startRouting({ routing: { models: pool } })
    await gateway.post('/v1/chat/completions', {
      model: 'auto/cheapest',
      messages: hi,
      'gw-constraints': { context: 1000 },
    })
    expect(gateway.simulator.requests.map(({ body }) => Object.keys(body ?? {}))).toEqual([['model', 'messages']])
  })

  test('the key decides what may be chosen, and whose key is there', async () => {
    const gateway = await startRouting({ routing: { models: pool } }, () => ({
      keyResolver: keysOf({ ANTHROPIC_API_KEY: 'sk-ant-a' }),
    }))
    const response = await gateway.post(
      '/v1/chat/completions',
      { model: 'auto/cheapest', messages: hi },
      {
        'cf-aig-authorization': `Bearer ${gateway.key}`,
        authorization: 'Bearer sk-of-the-caller',
      },
    )
    expect([response.headers.get('gw-model'), response.headers.get('gw-key-source')]).toEqual([
      'claude-haiku-4-5',
      'environment',
    ])
    expect(JSON.stringify(gateway.simulator.requests)).not.toContain('sk-of-the-caller')
  })
})

describe('after a failure', () => {
  const second = 'anthropic/claude-haiku-4-5'
  const types = [
    ['rate_limit', 'status:429'],
    ['quota_exceeded', 'quota'],
    ['auth', 'bad-auth'],
    ['model_not_found', 'model-not-found'],
    ['context_length', 'context-length'],
    ['content_filter', 'content-filter'],
    ['invalid_request', 'status:400'],
    ['timeout', 'stall-first'],
    ['upstream_error', 'status:500'],
  ] as const
  const quick = { 'cf-aig-request-timeout': '100', 'gw-free-fallback': 'off' }
  const call = (model: string) => ({ model, messages: hi })

  test.each(types)('%s: a rule of its own leads on', async (type, fault) => {
    const named = `openai/gpt-4o-mini+${fault}`
    const others = types.map(([other]) => other).filter((other) => other !== type)
    const gateway = await startRouting({
      fallbacks: [
        { on: others, to: ['google-ai-studio/gemini-2.5-flash'] },
        { models: ['openai/*'], on: [type], to: [second] },
      ],
    })
    const response = await gateway.post('/v1/chat/completions', call(named), quick)
    expect([response.status, response.headers.get('gw-provider')]).toEqual([200, 'anthropic'])
    expect(response.headers.get('cf-aig-step')).toBe('1')
    const row = await gateway.rowOf(response)
    expect(row.routing).toEqual({ fallbacks: [{ from: named, error_type: type, to: second }] })
    expect(row.attempts.map(({ provider, error_type }) => [provider, error_type])).toEqual([
      ['openai', type],
      ['anthropic', null],
    ])
  })

  test.each(types)('%s: without a rule for it the caller hears of it', async (type, fault) => {
    const gateway = await startRouting({ fallbacks: [{ models: ['anthropic/*'], to: [second] }] })
    const response = await gateway.post('/v1/chat/completions', call(`openai/gpt-4o-mini+${fault}`), quick)
    expect([response.ok, response.headers.get('gw-error'), gateway.simulator.requests.length]).toEqual([false, type, 1])
  })

  test('a rule that says stop stops, and a bad request never goes on by itself', async () => {
    const rules: GatewaySettings['fallbacks'] = [{ on: ['content_filter'], to: 'stop' }, { to: [second] }]
    const gateway = await startRouting({ fallbacks: rules })
    const typesOf = async (fault: string) => {
      const response = await gateway.post('/v1/chat/completions', call(`openai/gpt-4o-mini+${fault}`), quick)
      return response.headers.get('gw-error') ?? 'ok'
    }
    expect(await typesOf('content-filter')).toBe('content_filter')
    expect(await typesOf('status:400')).toBe('invalid_request')
    expect(await typesOf('status:503')).toBe('ok')
  })

  test("a caller's own key that is refused is no reason to spend somebody else's", async () => {
    const gateway = await startRouting({ fallbacks: [{ to: [second] }] })
    const response = await gateway.post('/v1/chat/completions', call('openai/gpt-4o-mini'), {
      ...quick,
      'cf-aig-authorization': `Bearer ${gateway.key}`,
      authorization: 'Bearer bad-key',
    })
    expect([response.status, gateway.simulator.requests.length]).toEqual([401, 1])
  })

  test("a caller's own key is used while a key of ours is limited", async () => {
    const gateway = await startRouting({ fallbacks: [{ to: [second] }] })
    const at = Date.now()
    const limited = { at, ok: false, type: 'rate_limit', retryAfterMs: 60_000 } as const
    const scope = { orgId: 'default', background: () => undefined }
    gateway.deps.health.observe({ target: 'openai/gpt-4o-mini', outcome: limited }, scope)
    const body = call('openai/gpt-4o-mini')
    const owned = await gateway.post('/v1/chat/completions', body, { authorization: 'Bearer sk-caller' })
    expect([owned.headers.get('gw-provider'), owned.headers.get('gw-key-source')]).toEqual(['openai', 'request'])
    const ours = await gateway.post('/v1/chat/completions', body)
    expect(ours.headers.get('gw-provider')).toBe('anthropic')
  })

  test('what one provider keeps of a conversation, no other is asked to go on with', async () => {
    let isDown = false
    const gateway = await startRouting({ fallbacks: [{ to: [second] }] }, (deps) => {
      const { fetch = deps.fetch } = failing('openai', 'status:500')(deps)
      return { fetch: (request) => (isDown ? fetch(request) : deps.fetch(request)) }
    })
    const ask = (more: object) =>
      gateway.post('/v1/responses', { model: 'openai/gpt-4o-mini', input: 'hello', ...more }, quick)
    const { id } = await (await ask({})).json<{ id: string }>()
    isDown = true
    expect((await ask({ previous_response_id: id })).status).toBe(500)
    expect((await ask({})).headers.get('gw-provider')).toBe('anthropic')
  })

  test("a list may name Cloudflare's name for a strategy", async () => {
    const gateway = await startRouting({ fallbacks: [{ to: ['cloudflare/auto'] }], routing: { models: pool } })
    const response = await gateway.post('/v1/chat/completions', call('openai/gpt-4o-mini+status:500'), quick)
    expect(response.status).toBe(200)
  })

  test('a list is gone through, and may end in a strategy', async () => {
    const settings = {
      fallbacks: [{ to: ['openai/gpt-4o+status:500', 'nowhere/x', 'auto/cheapest'] }],
      routing: { models: ['openai/gpt-4o-mini+status:500', second] },
    }
    const gateway = await startRouting(settings)
    const response = await gateway.post('/v1/chat/completions', call('openai/gpt-4o-mini+status:500'), quick)
    expect(response.status).toBe(200)
    expect((await gateway.rowOf(response)).routing?.fallbacks?.map(({ to }) => to)).toEqual([
      'openai/gpt-4o+status:500',
      second,
    ])
  })

  test('before real output a stream goes on elsewhere, after it the caller hears of the error', async () => {
    const gateway = await startRouting({ fallbacks: [{ to: [second] }] })
    const stream = async (fault: string) => {
      const body = { ...call(`openai/gpt-4o-mini+${fault}`), stream: true }
      return (await gateway.post('/v1/chat/completions', body)).text()
    }
    expect(await stream('preamble-error:500')).toContain('"model":"claude-haiku-4-5"')
    expect(await stream('cut:2')).toContain('"type":"upstream_error"')
  })

  describe('a strategy knows what may follow', () => {
    const auto = async (models: string[], settings: GatewaySettings = {}) => {
      const quality = Object.fromEntries(models.map((model, index) => [model, { quality: 10 - index }]))
      const gateway = await startRouting({ routing: { models, overrides: quality }, ...settings })
      const response = await gateway.post('/v1/chat/completions', call('auto/quality'), quick)
      const tried = (await gateway.rowOf(response)).attempts.map(({ provider, model }) => `${provider}/${model}`)
      return [response.status, ...tried]
    }

    test('context_length: only a longer context', async () => {
      // Context windows of 2026-11: gpt-4o-mini and gpt-4o 128,000 tokens, claude-haiku-4-5 200,000.
      const models = ['openai/gpt-4o-mini', 'openai/gpt-4o', second]
      const overrides = Object.fromEntries(models.map((model, index) => [model, { quality: 10 - index }]))
      const gateway = await startRouting({ routing: { models, overrides } }, failing('openai', 'context-length'))
      const response = await gateway.post('/v1/chat/completions', call('auto/quality'))
      expect([response.status, response.headers.get('gw-model')]).toEqual([200, 'claude-haiku-4-5'])
      expect((await gateway.rowOf(response)).attempts.map(({ model }) => model)).toEqual([
        'gpt-4o-mini',
        'claude-haiku-4-5',
      ])
    })

    test('content_filter: only another vendor, or none where the gateway says so', async () => {
      const failing = 'openai/gpt-4o-mini+content-filter'
      const models = [failing, 'openai/gpt-4o', second]
      expect(await auto(models)).toEqual([200, failing, second])
      expect(await auto(models, { fallbacks: [{ on: ['content_filter'], to: 'stop' }] })).toEqual([400, failing])
    })

    test('invalid_request: nothing', async () => {
      expect(await auto(['openai/gpt-4o-mini+status:400', second])).toEqual([400, 'openai/gpt-4o-mini+status:400'])
    })

    test.each(['status:429', 'quota', 'bad-auth', 'model-not-found', 'stall-first', 'status:500'])(
      '%s: the next best',
      async (fault) => {
        expect(await auto([`openai/gpt-4o-mini+${fault}`, second])).toEqual([
          200,
          `openai/gpt-4o-mini+${fault}`,
          second,
        ])
      },
    )
  })
})

describe('health', () => {
  const call = { model: 'auto/cheapest', messages: hi }
  const post = (gateway: Awaited<ReturnType<typeof startGateway>>) => gateway.post('/v1/chat/completions', call)

  test('who fails again and again rests, and the others of the gateway hear of it', async () => {
    const board = createMemoryHealthBoard({ now: Date.now })
    const start = (change: (deps: Deps) => Partial<Deps>) =>
      startRouting({ routing: { models: pool } }, (deps) => ({
        ...change(deps),
        health: createHealth({ board, now: deps.now }),
      }))
    const one = await start(failing('openai', 'status:500'))
    const served: (string | null)[] = []
    for (let count = 0; count < 6; count += 1) served.push((await post(one)).headers.get('gw-provider'))
    expect(served).toEqual(served.map(() => 'anthropic'))
    // Five failures open the circuit; nobody calls it after that.
    expect(one.simulator.requests.filter(({ provider }) => provider === 'openai').length).toBe(5)

    const other = await start(() => ({}))
    await vi.waitFor(
      async () => {
        expect((await post(other)).headers.get('gw-provider')).toBe('anthropic')
      },
      { timeout: 5000, interval: 100 },
    )
    expect(other.simulator.requests.at(-1)?.provider).toBe('anthropic')
  })

  test('a rate limit rests exactly as long as the provider asks, and then one request finds out', async () => {
    let now = Date.now()
    let isLimited = true
    const limited = (deps: Deps): Partial<Deps> => ({
      fetch: (request) =>
        isLimited ? (failing('openai', '429:7')(deps).fetch ?? deps.fetch)(request) : deps.fetch(request),
      now: () => now,
      health: createHealth({ board: createMemoryHealthBoard({ now: () => now }), now: () => now }),
    })
    const gateway = await startRouting({ routing: { models: pool } }, limited)
    const serve = async () => (await post(gateway)).headers.get('gw-provider')
    const asked = () => gateway.simulator.requests.filter(({ provider }) => provider === 'openai').length
    expect([await serve(), asked()]).toEqual(['anthropic', 1])
    now += 6999
    expect([await serve(), asked()]).toEqual(['anthropic', 1])
    now += 1
    isLimited = false
    expect([await serve(), asked()]).toEqual(['openai', 2])
  })

  describe('nobody has a target rest for others by what they send', () => {
    const target = 'openai/gpt-4o-mini'
    const statusAfter = async (path: string, body: object, change?: (deps: Deps) => Partial<Deps>) => {
      const gateway = await startRouting({ routing: { models: pool } }, change)
      const response = await gateway.post(path, body, { 'gw-free-fallback': 'off' })
      await response.text()
      const { status, uptime } = gateway.deps.health.judge('default', target)
      return [response.status, status, uptime]
    }

    // Providers repeat a value that they refuse; its words are the caller's.
    test.each(['unknown model', 'too many requests', 'timed out', "it's' an 'unknown model"])(
      'a role called %j',
      async (role) => {
        const body = { model: target, messages: [{ role, content: 'hello' }] }
        expect(await statusAfter('/v1/chat/completions', body)).toEqual([400, 'healthy', 1])
      },
    )

    test('a native call of a path that there is not', async () => {
      expect(await statusAfter('/v1/acc/default/openai/nonsense', { model: 'gpt-4o-mini' })).toEqual([
        404,
        'healthy',
        1,
      ])
    })

    test('a chat model that is asked for embeddings', async () => {
      const body = { model: target, input: 'hello' }
      const refuse = () => ({ fetch: async () => Response.json({ error: { message: 'No.' } }, { status: 404 }) })
      expect(await statusAfter('/v1/embeddings', body, refuse)).toEqual([404, 'healthy', 1])
    })

    test('a model that the provider does not have rests all the same', async () => {
      const body = { model: target, messages: hi }
      const missing = failing('openai', 'model-not-found')
      expect(await statusAfter('/v1/chat/completions', body, missing)).toEqual([404, 'resting', 1])
    })

    test('a name of any length is not remembered', async () => {
      const gateway = await startRouting({})
      const model = 'x'.repeat(300)
      await (await gateway.post('/v1/acc/default/openai/chat/completions', { model, messages: hi })).text()
      expect(gateway.deps.health.judge('default', `openai/${model}`).status).toBe('unknown')
    })
  })

  test('words of the caller have no key rest', async () => {
    const rejected: unknown[] = []
    const gateway = await startRouting({}, () => ({
      keyResolver: { ...keys, reject: async (candidate) => void rejected.push(candidate.keyId) },
    }))
    const body = { model: 'openai/gpt-4o-mini', messages: [{ role: 'invalid api key', content: 'hello' }] }
    const response = await gateway.post('/v1/chat/completions', body)
    expect([response.status, rejected]).toEqual([400, []])
  })

  test('conversations of any name take little memory', async () => {
    const kept: string[] = []
    const gateway = await startRouting({ routing: { models: pool } }, ({ routingMemory }) => ({
      routingMemory: { ...routingMemory, keep: (key) => void kept.push(key) },
    }))
    const body = { model: 'auto', messages: hi, prompt_cache_key: 'k'.repeat(100_000) }
    expect((await gateway.post('/v1/chat/completions', body)).status).toBe(200)
    expect([kept.length, Math.max(...kept.map(({ length }) => length)) < 400]).toEqual([2, true])
  })

  test('state is kept in a Durable Object of the organisation', async () => {
    const board = createHealthBoard(env)
    const orgId = crypto.randomUUID()
    const at = Date.now()
    const failed = { target: 'openai/x', outcome: { at, ok: false, type: 'rate_limit', retryAfterMs: 60_000 } } as const
    await board.exchange(orgId, [failed])
    const health = createHealth({ board, now: () => at + 1 })
    const exchanges: Promise<unknown>[] = []
    health.refresh({ orgId, background: (work) => void exchanges.push(work) })
    await Promise.all(exchanges)
    expect(health.judge(orgId, 'openai/x')).toMatchObject({ status: 'resting', restsUntil: at + 60_000 })
    expect(await board.exchange(crypto.randomUUID(), [])).toEqual({})
    expect(await board.claimProbe(orgId, 'openai/x')).toMatchObject({ granted: false })
  })
})

describe('explained', () => {
  const admin = { authorization: 'Bearer admin-key', 'content-type': 'application/json' }

  test('gw-explain answers with the choice, and nobody is called', async () => {
    const gateway = await startRouting({ routing: { models: pool, constraints: { max_price: 3 } } })
    const body = { model: 'auto/quality', messages: hi, max_completion_tokens: 100 }
    const response = await gateway.post('/v1/chat/completions', body, { 'gw-explain': 'true' })
    expect(await response.json()).toMatchObject({
      object: 'routing.decision',
      strategy: 'quality',
      chosen: 'anthropic/claude-haiku-4-5',
      needs: ['chat'],
      output_tokens: 100,
      ranked: [
        { id: 'anthropic/claude-haiku-4-5', usd_per_million: 2 },
        { id: 'openai/gpt-4o-mini', usd_per_million: 0.2625 },
      ],
      rejected: [{ id: 'anthropic/claude-sonnet-4-5', reasons: [{ code: 'max_price' }] }],
    })
    expect(gateway.simulator.requests).toEqual([])
    expect(await gateway.rowOf(response)).toMatchObject({ success: true, cost_nano_usd: 0 })
  })

  test('the control plane says the same as the request does', async () => {
    const gateway = await startRouting({ routing: { models: pool } })
    const asked = { messages: hi, tools: [{ type: 'function', function: { name: 'f', parameters: {} } }] }
    const body = JSON.stringify({ model: 'auto/balanced', body: asked })
    const explained = await (await gateway.send('/api/router/explain', { method: 'POST', headers: admin, body })).json()
    expect(explained).toMatchObject({ needs: ['chat', 'tools'], chosen: expect.any(String) })
    const response = await gateway.post('/v1/chat/completions', { model: 'auto/balanced', ...asked })
    const chosen = `${response.headers.get('gw-provider')}/${response.headers.get('gw-model')}`
    expect(explained).toHaveProperty('chosen', chosen)
  })

  test('what would have been under another policy, from the rows', async () => {
    const gateway = await startRouting({ routing: { models: pool, strategy: 'quality' } })
    const from = Date.now()
    const responses = [1, 2, 3].map(() => gateway.post('/v1/chat/completions', { model: 'auto', messages: hi }))
    for (const response of await Promise.all(responses)) await gateway.rowOf(response)
    const policy = { models: pool, strategy: 'cheapest' }
    const body = JSON.stringify({ from, to: Date.now() + 1000, policy })
    const report = await (await gateway.send('/api/router/what-if', { method: 'POST', headers: admin, body })).json()
    // 2 tokens in, 4 out, three times: claude-sonnet-4-5 at 3,000 and 15,000 nano-USD; gpt-4o-mini at 150 and 600.
    expect(report).toMatchObject({
      requests: 3,
      changed: 3,
      unroutable: 0,
      assumed_needs: 0,
      before: { cost_nano_usd: 198_000, models: { 'anthropic/claude-sonnet-4-5': 3 } },
      after: { cost_nano_usd: 8100, unpriced: 0, models: { 'openai/gpt-4o-mini': 3 } },
    })
    expect(gateway.simulator.requests.length).toBe(3)
  })
})
