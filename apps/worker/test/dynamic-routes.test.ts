import { createPermits, LedgerUnavailable, type Deps, type Ledger, type Ledgers } from '@gw/gateway'
import { createGatewayKey, createGatewayKeySecret } from '@gw/keys'
import { describe, expect, test } from 'vitest'
import { keysOf } from './keys-of.ts'
import { startGateway } from './start-gateway.ts'

const keyResolver = keysOf({
  OPENAI_API_KEY: 'sk-o',
  ANTHROPIC_API_KEY: 'sk-a',
  GEMINI_API_KEY: 'sk-g',
  MISTRAL_API_KEY: 'sk-m',
  COHERE_API_KEY: 'sk-c',
})
const to = (elementId: string) => ({ elementId })
const begin = (next: string) => ({ id: 'start', type: 'start', outputs: { next: to(next) } })
const end = { id: 'end', type: 'end', outputs: {} }

interface ModelOptions {
  fallback?: string
  provider?: string
  timeout?: number
  retries?: number
}

const model = (id: string, name: string, options: ModelOptions = {}) => {
  const { fallback, provider = 'openai', timeout = 5000, retries = 0 } = options
  return {
    id,
    type: 'model',
    properties: { provider, model: name, timeout, retries },
    outputs: { success: to('end'), ...(fallback !== undefined && { fallback: to(fallback) }) },
  }
}
const when = (conditions: object) => ({
  id: 'when',
  type: 'conditional',
  properties: { conditions },
  outputs: { true: to('yes'), false: to('no') },
})
const rate = (properties: object, fallback = true) => ({
  id: 'limit',
  type: 'rate',
  properties: { limitType: 'count', key: 'metadata.user_id', limit: 2, window: 3600, ...properties },
  outputs: { success: to('yes'), ...(fallback && { fallback: to('no') }) },
})
const yes = model('yes', 'gpt-4o-mini')
const no = model('no', 'claude-haiku-4-5', { provider: 'anthropic' })
const two = [yes, no, end]

const down = (): Promise<never> => Promise.reject(new LedgerUnavailable('down'))
const unreachable: Ledger = { reserve: down, settle: down, extend: down, take: down, read: down }

let count = 0

/** A gateway, and ways to make routes and to call them. Every route has a name of its own. */
async function start(change: (deps: Deps) => Partial<Deps> = () => ({})) {
  const gateway = await startGateway((deps) => ({ keyResolver, ...change(deps) }))
  const admin = async (method: string, path: string, body?: unknown) => {
    const response = await gateway.send(`/api/gateways/default/routes${path}`, {
      method,
      headers: { authorization: 'Bearer admin-key', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  const deploy = async (elements: readonly object[]): Promise<string> => {
    const name = `route-${Date.now()}-${(count += 1)}`
    const { status, body } = await admin('POST', '', { name, elements })
    expect([status, body]).toEqual([201, expect.anything()])
    return name
  }
  const ask = (route: string, body: object = {}, headers: Record<string, string> = {}) =>
    gateway.post(
      '/v1/chat/completions',
      { model: `dynamic/${route}`, messages: [{ role: 'user', content: 'hello there' }], max_tokens: 50, ...body },
      headers,
    )
  return { ...gateway, admin, deploy, ask }
}

/** OpenAI takes requests, and never answers. */
async function startStalled() {
  let attempts = 0
  const gateway = await start((deps) => ({
    fetch: async (request) => {
      if (!request.url.includes('/openai/')) return deps.fetch(request)
      attempts += 1
      return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(new Error('aborted'))))
    },
  }))
  return { ...gateway, attempts: () => attempts }
}

const urgent = { messages: [{ role: 'user', content: 'this is urgent' }] }
const metadata = (entries: object): Record<string, string> => ({ 'cf-aig-metadata': JSON.stringify(entries) })
const answeredBy = (response: Response): string => `${response.status} ${response.headers.get('cf-aig-model')}`

describe('conditions', () => {
  test.each([
    { on: 'metadata', conditions: { 'metadata.plan': { $eq: 'paid' } }, headers: metadata({ plan: 'paid' }) },
    { on: 'headers', conditions: { 'headers.x-tier': { $in: ['gold'] } }, headers: { 'X-Tier': 'gold' } },
    { on: 'the body', conditions: { 'body.messages[0].content': { $contains: 'urgent' } }, body: urgent },
  ])('on $on choose the model', async ({ conditions, body, headers }) => {
    const { deploy, ask } = await start()
    const route = await deploy([begin('when'), when(conditions), ...two])
    expect(answeredBy(await ask(route, body, headers))).toBe('200 gpt-4o-mini')
    expect(answeredBy(await ask(route))).toBe('200 claude-haiku-4-5')
  })

  test('on the plan choose the model', async () => {
    const { deploy, ask } = await start()
    const [theirs, others] = [
      await deploy([begin('when'), when({ 'user.plan': { $eq: 'BUSINESS' } }), ...two]),
      await deploy([begin('when'), when({ plan: { $in: ['Free', 'Personal'] } }), ...two]),
    ]
    expect(answeredBy(await ask(theirs))).toBe('200 gpt-4o-mini')
    expect(answeredBy(await ask(others))).toBe('200 claude-haiku-4-5')
  })
})

test('the answer and its row say where the request went', async () => {
  const { deploy, ask, rowOf } = await start()
  const failing = model('yes', 'gpt-4o-mini+status:500', { fallback: 'no' })
  const route = await deploy([begin('when'), when({ 'metadata.plan': 'paid' }), failing, no, end])
  const response = await ask(route, {}, metadata({ plan: 'paid' }))
  const headers = ['cf-aig-provider', 'cf-aig-model', 'cf-aig-step'].map((name) => response.headers.get(name))
  expect(headers).toEqual(['anthropic', 'claude-haiku-4-5', '1'])
  const row = await rowOf(response)
  expect([row.requested_model, row.provider, row.model, row.step]).toEqual([
    `dynamic/${route}`,
    'anthropic',
    'claude-haiku-4-5',
    1,
  ])
  expect(row.routing).toEqual({
    route: { name: route, version_id: expect.any(String), path: ['start', 'when', 'yes', 'no'] },
    fallbacks: [
      { from: 'openai/gpt-4o-mini+status:500', error_type: 'upstream_error', to: 'anthropic/claude-haiku-4-5' },
    ],
  })
})

test('a split keeps a session and a user on their ways', async () => {
  const { deploy, ask } = await start()
  const split = { id: 'split', type: 'percentage', outputs: { '50%': to('yes'), else: to('no') } }
  const route = await deploy([begin('split'), split, ...two])
  const seen = new Set<string>()
  for (let user = 0; user < 12; user += 1) {
    const session = { 'cf-aig-session-id': `session-${user}` }
    const [first, again] = [await ask(route, {}, session), await ask(route, {}, session)]
    expect(answeredBy(first)).toBe(answeredBy(again))
    seen.add(answeredBy(first))
    const byUser = [await ask(route, { user: `u${user}` }), await ask(route, {}, metadata({ user_id: `u${user}` }))]
    expect(new Set(byUser.map(answeredBy)).size).toBe(1)
  }
  expect(seen.size).toBe(2)
})

describe('limits on requests', () => {
  test('count each value of their key for itself, and lead to their fallback', async () => {
    const { deploy, ask } = await start()
    const route = await deploy([begin('limit'), rate({}), ...two])
    const models = []
    for (const user of ['a', 'a', 'b', 'a', 'b', 'b']) {
      models.push(answeredBy(await ask(route, {}, metadata({ user_id: user }))).slice(4, 7))
    }
    expect(models).toEqual(['gpt', 'gpt', 'gpt', 'cla', 'gpt', 'cla'])
  })

  test('let exactly as many pass as they say, however many come at once', async () => {
    const { deploy, ask } = await start()
    const route = await deploy([begin('limit'), rate({ limit: 5 }), ...two])
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(route, {}, metadata({ user_id: 'a' }))))
    expect(answers.map(answeredBy).filter((by) => by === '200 gpt-4o-mini')).toHaveLength(5)
    expect(answers.map(answeredBy).filter((by) => by === '200 claude-haiku-4-5')).toHaveLength(25)
  })

  test('without a fallback refuse with the limit that is reached', async () => {
    const { deploy, ask, rowOf } = await start()
    const route = await deploy([begin('limit'), rate({ limit: 1 }, false), yes, end])
    expect((await ask(route)).status).toBe(200)
    const response = await ask(route)
    expect(response.status).toBe(429)
    expect(response.headers.has('retry-after')).toBe(true)
    expect(await response.json()).toMatchObject({
      error: { type: 'rate_limit_error', message: expect.stringContaining('The limit "limit" of the dynamic route') },
    })
    const row = await rowOf(response)
    expect([row.error_type, row.ending, row.routing?.route?.path]).toEqual([
      'rate_limit',
      'rejected',
      ['start', 'limit'],
    ])
  })

  test('let requests pass within bounds while they cannot be asked, and the row says so', async () => {
    const { deploy, ask, rowOf } = await start(() => ({
      permits: createPermits({ ledgers: { open: () => unreachable }, now: Date.now }),
      alert: async () => undefined,
    }))
    const route = await deploy([begin('limit'), rate({ limit: 10 }), ...two])
    const answers = [await ask(route), await ask(route)]
    expect(answers.map(answeredBy)).toEqual(['200 gpt-4o-mini', '200 claude-haiku-4-5'])
    for (const answer of answers) expect((await rowOf(answer)).unchecked).toBe(true)
  })
})

describe('limits on money', () => {
  const budget = (limit: number) => rate({ limitType: 'cost', limit })

  test('hold however many come at once: what may be spent is set aside before each call', async () => {
    const waiting: (() => void)[] = []
    const { deploy, ask, simulator } = await start((deps) => ({
      fetch: async (request) => {
        if (request.url.includes('/openai/')) await new Promise<void>((resolve) => waiting.push(resolve))
        return deps.fetch(request)
      },
    }))
    // The most that a request may cost is about $0.00035: two fit.
    const route = await deploy([begin('limit'), budget(0.0009), ...two])
    const answers = Promise.all(Array.from({ length: 12 }, () => ask(route, {}, metadata({ user_id: 'a' }))))
    await expect.poll(() => simulator.requests.filter(({ provider }) => provider === 'anthropic').length).toBe(10)
    expect(waiting).toHaveLength(2)
    for (const release of waiting) release()
    expect((await answers).map(answeredBy).toSorted()).toEqual([
      ...Array(10).fill('200 claude-haiku-4-5'),
      ...Array(2).fill('200 gpt-4o-mini'),
    ])
  })

  test('settle to what was spent, for each value of the key, and refuse once nothing fits', async () => {
    const { deploy, ask, rowOf } = await start()
    // Each request may cost $0.00035 and costs $0.0000027; room for one and one more settled.
    const route = await deploy([begin('limit'), budget(0.00036), ...two])
    const first = await ask(route, {}, metadata({ user_id: 'a' }))
    expect((await rowOf(first)).charged_nano_usd).toBe(2700)
    const second = await ask(route, {}, metadata({ user_id: 'a' }))
    expect(answeredBy(second)).toBe('200 gpt-4o-mini')
    const large = await ask(route, { max_tokens: 4000 }, metadata({ user_id: 'a' }))
    expect(answeredBy(large)).toBe('200 claude-haiku-4-5')
    const row = await rowOf(large)
    expect(row.routing?.route?.path).toEqual(['start', 'limit', 'no'])
    expect(row.routing?.fallbacks).toEqual([
      { from: 'openai/gpt-4o-mini', error_type: 'quota_exceeded', to: 'anthropic/claude-haiku-4-5' },
    ])
    expect(answeredBy(await ask(route, {}, metadata({ user_id: 'b' })))).toBe('200 gpt-4o-mini')
  })

  test('lead to their fallback, not to that of the model', async () => {
    const { deploy, ask } = await start()
    const other = model('other', 'mistral-small-latest', { provider: 'mistral' })
    const dear = model('yes', 'gpt-4o-mini', { fallback: 'other' })
    const route = await deploy([begin('limit'), budget(0), dear, no, other, end])
    expect(answeredBy(await ask(route))).toBe('200 claude-haiku-4-5')
  })

  test('lead to their fallback while they cannot be asked', async () => {
    const { deploy, ask } = await start((deps) => {
      const ledgers: Ledgers = {
        open: (name) => (name.startsWith('["budgets"') ? unreachable : deps.ledgers.open(name)),
      }
      return { ledgers, alert: async () => undefined }
    })
    const route = await deploy([begin('limit'), budget(100), ...two])
    expect(answeredBy(await ask(route))).toBe('200 claude-haiku-4-5')
  })

  test('go on counting what failed attempts under them may have cost', async () => {
    const { deploy, ask, attempts } = await startStalled()
    // Room for one attempt: the retry does not fit, as nobody knows what the first one cost.
    const stalls = model('yes', 'gpt-4o-mini', { timeout: 100, retries: 1 })
    const wide = { ...budget(10), id: 'wide', outputs: { success: to('limit'), fallback: to('no') } }
    const route = await deploy([begin('wide'), wide, budget(0.0006), stalls, no, end])
    for (let turn = 0; turn < 2; turn += 1) expect(answeredBy(await ask(route))).toBe('200 claude-haiku-4-5')
    expect(attempts()).toBe(1)
  })

  test('go on counting that also where the price of what follows is unknown', async () => {
    const { deploy, ask, attempts } = await startStalled()
    const stalls = model('yes', 'gpt-4o-mini', { timeout: 100, fallback: 'unpriced' })
    const unpriced = model('unpriced', 'nobody-knows-its-price')
    const wide = { ...budget(10), id: 'wide', outputs: { success: to('limit'), fallback: to('no') } }
    const route = await deploy([begin('wide'), wide, budget(0.0006), stalls, unpriced, no, end])
    for (let turn = 0; turn < 2; turn += 1) expect(answeredBy(await ask(route))).toBe('200 claude-haiku-4-5')
    expect(attempts()).toBe(1)
  })

  test('and where the next entry of a universal request goes on', async () => {
    const { deploy, post, attempts } = await startStalled()
    const narrow = { ...budget(0.0006), outputs: { success: to('yes') } }
    const routes = [
      await deploy([begin('limit'), narrow, model('yes', 'gpt-4o-mini', { timeout: 100 }), end]),
      await deploy([begin('limit'), { ...budget(10), outputs: { success: to('no') } }, no, end]),
    ]
    const query = { messages: [{ role: 'user', content: 'hello there' }], max_tokens: 50 }
    const entries = routes.map((name) => ({
      provider: 'compat',
      endpoint: 'chat/completions',
      headers: {},
      query: { ...query, model: `dynamic/${name}` },
    }))
    for (let turn = 0; turn < 2; turn += 1) {
      expect(answeredBy(await post('/v1/acc/default', entries))).toBe('200 claude-haiku-4-5')
    }
    expect(attempts()).toBe(1)
  })

  test('without a fallback refuse, and name the limit', async () => {
    const { deploy, ask } = await start()
    const route = await deploy([begin('limit'), rate({ limitType: 'cost', limit: 0 }, false), yes, end])
    const response = await ask(route)
    expect(response.status).toBe(429)
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('The budget "limit" has $0') },
    })
  })

  test('a budget of the route counts all of its requests', async () => {
    const { deploy, ask, admin, send } = await start()
    const route = await deploy([begin('yes'), yes, end])
    const { body } = await admin('GET', `/${route}`)
    const headers = { authorization: 'Bearer admin-key', 'content-type': 'application/json' }
    const said = { name: 'of the route', scope: 'route', scope_id: body.id, period: 'day', limit_usd: 0 }
    const made = await send('/api/budgets', { method: 'POST', headers, body: JSON.stringify(said) })
    expect(made.status).toBe(201)
    expect((await ask(route)).status).toBe(429)
    const other = await deploy([begin('yes'), yes, end])
    expect((await ask(other)).status).toBe(200)
  })
})

test.each([false, true])(
  'a model whose name no header can carry answers, and leaves a row (stream: %s)',
  async (stream) => {
    const { deploy, ask, rowOf } = await start()
    const response = await ask(await deploy([begin('yes'), model('yes', '模型'), end]), { stream })
    expect([response.status, response.headers.get('cf-aig-provider'), response.headers.get('cf-aig-model')]).toEqual([
      200,
      'openai',
      null,
    ])
    await response.text()
    expect(await rowOf(response)).toMatchObject({ model: '模型', ending: 'complete' })
  },
)

describe('a model that fails', () => {
  test.each(['status:500', 'status:429', 'stall-first', 'status:400', 'bad-auth', 'preamble-error'])(
    'by %s leads to its fallback',
    async (fault) => {
      const { deploy, ask } = await start()
      const failing = model('yes', `gpt-4o-mini+${fault}`, { fallback: 'no', timeout: 100 })
      const route = await deploy([begin('yes'), failing, no, end])
      const response = await ask(route, { stream: fault === 'preamble-error' })
      expect(answeredBy(response)).toBe('200 claude-haiku-4-5')
      await response.text()
    },
  )

  test('is tried as often as it says first', async () => {
    const { deploy, ask, rowOf } = await start()
    const failing = model('yes', 'gpt-4o-mini+status:500', { fallback: 'no', retries: 2 })
    const route = await deploy([begin('yes'), failing, no, end])
    const row = await rowOf(await ask(route))
    expect(row.attempts.map(({ provider, step }) => `${provider} ${step}`)).toEqual([
      'openai 0',
      'openai 0',
      'openai 0',
      'anthropic 1',
    ])
  })

  test('without a fallback ends with its error', async () => {
    const { deploy, ask, rowOf } = await start()
    const route = await deploy([begin('yes'), model('yes', 'gpt-4o-mini+status:429'), end])
    const response = await ask(route)
    expect([response.status, response.headers.get('cf-aig-model')]).toEqual([429, 'gpt-4o-mini+status:429'])
    expect((await rowOf(response)).routing?.route?.path).toEqual(['start', 'yes'])
  })

  test('after all others ends with the last error', async () => {
    const { deploy, ask } = await start()
    const first = model('yes', 'gpt-4o-mini+status:429', { fallback: 'no' })
    const second = model('no', 'gpt-4o-mini+status:500', { fallback: 'end' })
    const route = await deploy([begin('yes'), first, second, end])
    expect((await ask(route)).status).toBe(500)
  })

  test('because the caller’s key is not for it leads to its fallback', async () => {
    const { deploy, send, deps } = await start()
    const failing = model('yes', 'gpt-4o-mini', { fallback: 'no' })
    const route = await deploy([begin('yes'), failing, no, end])
    const secret = createGatewayKeySecret((bytes) => void crypto.getRandomValues(bytes))
    const scopes = { providers: ['anthropic'] }
    await deps.keys.add(
      await createGatewayKey({ id: crypto.randomUUID(), orgId: 'default', secret, name: 'x', scopes }),
    )
    const response = await send('/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: `dynamic/${route}`, messages: [{ role: 'user', content: 'hi' }] }),
    })
    expect(answeredBy(response)).toBe('200 claude-haiku-4-5')
  })

  test('because it cannot do what is asked leads to its fallback, and the row says so', async () => {
    const { deploy, ask, rowOf } = await start()
    const cannot = model('yes', 'eleven_v3', { provider: 'elevenlabs', fallback: 'no' })
    const route = await deploy([begin('yes'), cannot, no, end])
    const response = await ask(route)
    expect(answeredBy(response)).toBe('200 claude-haiku-4-5')
    expect((await rowOf(response)).routing?.fallbacks).toEqual([
      { from: 'elevenlabs/eleven_v3', error_type: 'invalid_request', to: 'anthropic/claude-haiku-4-5' },
    ])
  })

  test('and was never reached is said to be so', async () => {
    const { deploy, ask } = await start()
    const nothing = { ...when({ 'metadata.plan': 'paid' }), outputs: { true: to('yes'), false: to('end') } }
    const route = await deploy([begin('when'), nothing, yes, end])
    const response = await ask(route)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('ended at "end" without a model') },
    })
  })
})

describe('versions', () => {
  const first = [begin('yes'), yes, end]
  const second = [begin('no'), no, end]

  test('are drafts until they are deployed, and go back', async () => {
    const { admin, deploy, ask } = await start()
    const route = await deploy(first)
    const drafted = await admin('POST', `/${route}/versions`, { elements: second })
    expect([drafted.status, drafted.body.number, drafted.body.is_deployed]).toEqual([201, 2, false])
    expect(answeredBy(await ask(route))).toBe('200 gpt-4o-mini')
    expect(answeredBy(await ask(`${route}@2`))).toBe('200 claude-haiku-4-5')
    expect(answeredBy(await ask(`${route}@v2`))).toBe('200 claude-haiku-4-5')
    expect(answeredBy(await ask(`${route}@${drafted.body.id}`))).toBe('200 claude-haiku-4-5')

    expect((await admin('POST', `/${route}/deployments`, { version: 2 })).status).toBe(201)
    expect(answeredBy(await ask(route))).toBe('200 claude-haiku-4-5')
    expect((await admin('POST', `/${route}/rollback`)).body.version.number).toBe(1)
    expect(answeredBy(await ask(route))).toBe('200 gpt-4o-mini')
    expect((await admin('GET', `/${route}/deployments`)).body.data).toHaveLength(3)
  })

  test('that are not valid are refused with all that is wrong, or kept as drafts that nobody can deploy', async () => {
    const { admin, ask } = await start()
    const wrong = [
      begin('yes'),
      { ...yes, outputs: { success: to('gone') } },
      model('alone', 'x', { provider: 'acme' }),
    ]
    const name = `wrong-${Date.now()}`
    const refused = await admin('POST', '', { name, elements: wrong })
    expect(refused).toEqual({
      status: 400,
      body: {
        error: expect.objectContaining({
          code: 'invalid_request',
          param: 'elements',
          mistakes: [
            { element: 'yes', path: 'elements[1].outputs.success', message: 'leads to "gone", which does not exist' },
            { element: 'alone', path: 'elements[2].outputs.success', message: 'leads to "end", which does not exist' },
            { element: 'alone', path: 'elements[2]', message: 'cannot be reached from the start' },
            {
              element: 'alone',
              path: 'elements[2].properties.provider',
              message: expect.stringContaining('is no provider of this gateway. Known are openai'),
            },
          ],
        }),
      },
    })
    const kept = await admin('POST', '', { name, elements: wrong, draft: true })
    expect([kept.status, kept.body.version.is_valid, kept.body.deployed_at]).toEqual([201, false, null])
    expect((await admin('POST', `/${name}/deployments`, { version: 1 })).status).toBe(400)
    const called = await ask(name)
    expect(called.status).toBe(404)
    expect(await called.json()).toMatchObject({ error: { message: expect.stringContaining('ever deployed') } })
    const draft = await ask(`${name}@1`)
    expect(await draft.json()).toMatchObject({ error: { message: expect.stringContaining('leads to "gone"') } })
  })

  test('of nobody, and routes that are not there, are named with what is', async () => {
    const { deploy, ask } = await start()
    const route = await deploy(first)
    const response = await ask('nobody')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('dynamic/'), gw: { code: 'unknown_route' } },
    })
    expect(await (await ask(`${route}@7`)).json()).toMatchObject({
      error: { message: expect.stringContaining('has no version "7". It has 1.') },
    })
  })

  test('can be exported, imported under another name, and tried without a call', async () => {
    const { admin, deploy, simulator } = await start()
    const route = await deploy([begin('when'), when({ 'metadata.plan': 'paid' }), ...two])
    const exported = await admin('GET', `/${route}/export`)
    const imported = await admin('POST', '', { ...exported.body, name: `${route}-copy` })
    expect(imported.body.version.elements).toEqual(exported.body.elements)
    const tried = await admin('POST', `/${route}/dry-run`, { metadata: { plan: 'paid' } })
    expect(tried.body).toEqual({
      version: 1,
      path: ['start', 'when', 'yes'],
      tried: [{ element: 'yes', provider: 'openai', model: 'gpt-4o-mini' }],
      limits: [],
      answers: { element: 'yes', provider: 'openai', model: 'gpt-4o-mini' },
      ends: null,
    })
    const failed = await admin('POST', `/${route}/dry-run`, { metadata: { plan: 'paid' }, failing: ['yes'] })
    expect([failed.body.answers, failed.body.ends]).toEqual([null, 'no_fallback'])
    const checked = await admin('POST', '/validate', { elements: [end] })
    expect([checked.body.valid, checked.body.mistakes.length]).toEqual([false, 2])
    expect(simulator.requests).toEqual([])
  })

  test('of other names, and none', async () => {
    const { admin, deploy, ask } = await start()
    const route = await deploy(first)
    expect((await admin('POST', '', { name: route, elements: first })).status).toBe(409)
    expect((await admin('PATCH', `/${route}`, { name: `${route}-new` })).body.model).toBe(`dynamic/${route}-new`)
    expect((await ask(route)).status).toBe(404)
    expect((await ask(`${route}-new`)).status).toBe(200)
    expect((await admin('DELETE', `/${route}-new`)).status).toBe(204)
    expect((await ask(`${route}-new`)).status).toBe(404)
    expect((await admin('POST', '', { name: 'a/b', elements: first })).status).toBe(400)
  })
})

test('an answer that is kept is for requests that go the same way alone', async () => {
  const { admin, deploy, ask, send, simulator } = await start()
  const headers = { authorization: 'Bearer admin-key', 'content-type': 'application/json' }
  const put = (settings: object) =>
    send('/api/gateways/default', { method: 'PUT', headers, body: JSON.stringify({ settings }) })
  expect((await put({ cache_ttl: 60 })).status).toBe(200)
  const route = await deploy([begin('when'), when({ 'metadata.plan': 'paid' }), ...two])
  const by = async (plan: string) => {
    const response = await ask(route, {}, metadata({ plan }))
    await response.text()
    return [response.headers.get('cf-aig-cache-status'), response.headers.get('cf-aig-model')]
  }
  expect(await by('paid')).toEqual(['MISS', 'gpt-4o-mini'])
  await expect.poll(() => by('paid')).toEqual(['HIT', 'gpt-4o-mini'])
  expect(await by('free')).toEqual(['MISS', 'claude-haiku-4-5'])
  await admin('POST', `/${route}/versions`, { elements: [begin('no'), no, end], deploy: true })
  const before = simulator.requests.length
  expect(await by('paid')).toEqual(['MISS', 'claude-haiku-4-5'])
  expect(simulator.requests.length).toBe(before + 1)
  expect((await put({})).status).toBe(200)
})

describe('every way in', () => {
  const words = [{ role: 'user', content: 'hello there' }]
  const contents = [{ role: 'user', parts: [{ text: 'hello there' }] }]
  const ways: readonly [string, (route: string) => string, (route: string) => object][] = [
    ['responses', () => '/v1/responses', (model) => ({ model, input: 'hello there' })],
    ['messages', () => '/v1/messages', (model) => ({ model, max_tokens: 50, messages: words })],
    ['completions', () => '/v1/completions', (model) => ({ model, prompt: 'hello there' })],
    ['compat', () => '/v1/acc/default/compat/chat/completions', (model) => ({ model, messages: words })],
    ['Gemini', (model) => `/v1beta/models/${model}:generateContent`, () => ({ contents })],
    ['Ollama', () => '/api/chat', (model) => ({ model, messages: words, stream: false })],
    ['REST', () => '/client/v4/accounts/acc/ai/run', (model) => ({ model, input: { messages: words } })],
    ['REST with a path', (model) => `/client/v4/accounts/acc/ai/run/${model}`, () => ({ messages: words })],
    ['REST chat', () => '/client/v4/accounts/acc/ai/v1/chat/completions', (model) => ({ model, messages: words })],
    [
      'universal',
      () => '/v1/acc/default',
      (model) => [{ provider: 'compat', endpoint: 'chat/completions', headers: {}, query: { model, messages: words } }],
    ],
    ['its own path', (model) => `/v1/acc/default/${model}`, () => ({ messages: words })],
    ['its own chat path', (model) => `/v1/acc/default/${model}/chat/completions`, () => ({ messages: words })],
  ]

  test.each(ways)('%s', async (_, pathOf, bodyOf) => {
    const { deploy, post, rowOf } = await start()
    const failing = model('yes', 'gpt-4o-mini+status:500', { fallback: 'no' })
    const route = await deploy([begin('yes'), failing, no, end])
    const response = await post(pathOf(`dynamic/${route}`), bodyOf(`dynamic/${route}`))
    expect(answeredBy(response)).toBe('200 claude-haiku-4-5')
    expect(await response.clone().text()).toContain('hello there')
    const row = await rowOf(response)
    expect([row.requested_model, row.routing?.route?.path]).toEqual([`dynamic/${route}`, ['start', 'yes', 'no']])
  })

  test('the binding', async () => {
    const { deploy, send, key } = await start()
    const route = await deploy([begin('yes'), yes, end])
    const response = await send('/run', {
      method: 'POST',
      headers: {
        'cf-aig-authorization': `Bearer ${key}`,
        'content-type': 'application/json',
        'cf-consn-model-id': `dynamic/${route}`,
      },
      body: JSON.stringify({ inputs: { messages: words }, options: { gateway: { id: 'default' } } }),
    })
    expect(answeredBy(response)).toBe('200 gpt-4o-mini')
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'You said: hello there' } }] })
  })

  test('embeddings and rerank, past models that cannot do them', async () => {
    const { deploy, post } = await start()
    const embedder = model('no', 'text-embedding-3-small')
    const embedding = await deploy([
      begin('yes'),
      model('yes', 'x', { provider: 'anthropic', fallback: 'no' }),
      embedder,
      end,
    ])
    const vectors = await post('/v1/embeddings', { model: `dynamic/${embedding}`, input: 'abc' })
    expect(answeredBy(vectors)).toBe('200 text-embedding-3-small')
    const ranking = await deploy([begin('yes'), model('yes', 'rerank-v3.5', { provider: 'cohere' }), end])
    const ranks = await post('/v1/rerank', { model: `dynamic/${ranking}`, query: 'a', documents: ['a', 'b'] })
    expect(answeredBy(ranks)).toBe('200 rerank-v3.5')
  })

  test('a stream, in the words of the caller', async () => {
    const { deploy, ask } = await start()
    const route = await deploy([begin('no'), no, end])
    const response = await ask(route, { stream: true })
    expect(answeredBy(response)).toBe('200 claude-haiku-4-5')
    expect(await response.text()).toMatch(/"object":"chat\.completion\.chunk"[^]*data: \[DONE\]/)
  })

  test('an entry of a universal request whose route has no room leads to the next', async () => {
    const { deploy, post } = await start()
    const route = await deploy([begin('limit'), rate({ limit: 0 }, false), yes, end])
    const entry = (name: string) => ({
      provider: 'compat',
      endpoint: 'chat/completions',
      headers: {},
      query: { model: name, messages: words },
    })
    const response = await post('/v1/acc/default', [entry(`dynamic/${route}`), entry('mistral/mistral-small-latest')])
    expect([response.status, response.headers.get('cf-aig-step'), response.headers.get('gw-model')]).toEqual([
      200,
      '1',
      'mistral-small-latest',
    ])
  })
})
