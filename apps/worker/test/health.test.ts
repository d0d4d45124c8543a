import {
  createHealth,
  createMemoryAccountStore,
  createMemoryGatewayStore,
  createMemoryHealthBoard,
  type Deps,
  type GatewaySettings,
  type Health,
  type HealthBoard,
  type TargetOutcome,
} from '@gw/gateway'
import {
  createGatewayKey,
  createGatewayKeySecret,
  createKeyResolver,
  createMemoryProviderKeyStore,
  createVault,
  parseMasterKeys,
  Secret,
  type ProviderKey,
} from '@gw/keys'
import { env } from 'cloudflare:test'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createHealthBoard } from '../src/create-health-board.ts'
import { keysOf } from './keys-of.ts'
import { startGateway } from './start-gateway.ts'

const hi = [{ role: 'user', content: 'hello there' }]
const target = 'openai/gpt-4o-mini'
const other = 'anthropic/claude-sonnet-4-5'
const own = { authorization: 'Bearer sk-caller' }
const chat = '/v1/chat/completions'
const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)

afterEach(() => void vi.restoreAllMocks())

/** Date.now, which a test may put forward. */
function movableClock() {
  const real = Date.now.bind(Date)
  let aheadMs = 0
  vi.spyOn(Date, 'now').mockImplementation(() => real() + aheadMs)
  return { pass: (ms: number) => void (aheadMs += ms) }
}

/** A health that tells what it is told. */
function watched(health: Health) {
  const seen: TargetOutcome[] = []
  const observe: Health['observe'] = (outcome, scope) => {
    seen.push(outcome)
    health.observe(outcome, scope)
  }
  return { seen, health: { ...health, observe } }
}

interface Start {
  board?: HealthBoard
  settings?: GatewaySettings
  /** A fault of the simulator for a request, said after it has come in. */
  fault?: (request: Request) => string
  change?: (deps: Deps) => Partial<Deps>
}

/** A gateway that knows nothing yet of how its targets are. */
async function start({ board, settings = {}, fault = () => '', change = () => ({}) }: Start = {}) {
  const { seen, health } = watched(
    createHealth({ board: board ?? createMemoryHealthBoard({ now: Date.now }), now: Date.now }),
  )
  const gateway = await startGateway((deps) => ({
    keyResolver: keysOf({ OPENAI_API_KEY: 'sk-a', ANTHROPIC_API_KEY: 'sk-ant-a' }),
    gateways: createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings }]),
    report: () => undefined,
    health,
    fetch: (request) => {
      const headers = new Headers(request.headers)
      const said = fault(request)
      if (said !== '') headers.set('x-sim-fault', said)
      return deps.fetch(new Request(request, { headers }))
    },
    ...change(deps),
  }))
  const ask = (body: object = {}, headers: Record<string, string> = {}): Promise<Response> =>
    gateway.post(chat, { model: target, messages: hi, ...body }, { 'gw-free-fallback': 'off', ...headers })
  return {
    ...gateway,
    ask,
    /** What of each attempt was remembered, in order. */
    seen,
    judge: (id = target) => gateway.deps.health.judge('default', id),
    /** How often a provider was called. */
    calls: (provider: string) => gateway.simulator.requests.filter((request) => request.provider === provider).length,
  }
}

const toOpenAI = (fault: string) => (request: Request) =>
  new URL(request.url).pathname.startsWith('/openai/') ? fault : ''

describe('what a caller brings about is no failure of the target', () => {
  test.each<[string, string, Record<string, string>]>([
    ['a key of their own that is wrong', 'bad-auth', own],
    ['a quota of their own that is used', 'quota', own],
    ['a rate limit of their own key', 'status:429:60', own],
    ['a bad request', 'status:400', {}],
    ['a prompt that is too long', 'context-length', {}],
    ['what the provider will not talk of', 'content-filter', {}],
    ['a model that their own key does not reach', 'model-not-found', own],
    ['hardly any time', 'stall-first', { 'cf-aig-request-timeout': '15' }],
  ])('%s', async (_, fault, headers) => {
    const gateway = await start({ fault: () => fault })
    for (let count = 0; count < 6; count += 1) expect((await gateway.ask({}, headers)).ok).toBe(false)
    expect(gateway.judge()).toMatchObject({ uptime: 1 })
    expect(gateway.judge().status).not.toMatch(/resting|probing/)
    expect(gateway.calls('openai')).toBe(6)
  })
})

describe('what a provider does wrong', () => {
  test.each<[string, string, Record<string, string>]>([
    ['500', 'status:500', own],
    ['503', 'status:503', {}],
    ['a refused connection', 'refuse', {}],
    ['an HTML page', 'html-502', {}],
    ['a whole answer that breaks', 'cut:2', {}],
  ])('%s: five of it make a rest of half a minute', async (_, fault, headers) => {
    const clock = movableClock()
    const gateway = await start({ fault: () => fault })
    for (let count = 0; count < 4; count += 1) await gateway.ask({}, headers)
    expect(gateway.judge().status).toBe('degraded')
    await gateway.ask({}, headers)
    // (0 + 10) / (0 + 5 + 10)
    expect(gateway.judge().uptime).toBeCloseTo(2 / 3, 2)
    expect(gateway.judge()).toMatchObject({ status: 'resting', reason: 'failures' })
    clock.pass(30_001)
    expect(gateway.judge().status).toBe('probing')
  })

  test.each([408, 504])('a timeout of its own, %i, counts however soon it is said', async (status) => {
    const error = { message: 'Request timed out.', type: 'timeout', param: null, code: null }
    const gateway = await start({ change: () => ({ fetch: async () => Response.json({ error }, { status }) }) })
    for (let count = 0; count < 5; count += 1) await gateway.ask()
    expect(gateway.judge()).toMatchObject({ status: 'resting', errorRates: { timeout: 1 } })
  })

  test('a stream that ends early counts as one, and a client that leaves as none', async () => {
    let fault = 'cut:2'
    const gateway = await start({ fault: () => fault })
    await (await gateway.ask({ stream: true })).text()
    await vi.waitFor(() => expect(gateway.seen).toHaveLength(1))
    expect(gateway.seen[0]).toMatchObject({ target, outcome: { ok: false, type: 'upstream_error' } })
    // 10 / 11
    expect(gateway.judge().uptime).toBeCloseTo(10 / 11, 3)

    fault = 'words:30'
    const reader = (await gateway.ask({ stream: true })).body?.getReader()
    for (let text = ''; !text.includes('"content":"');) text += new TextDecoder().decode((await reader?.read())?.value)
    await reader?.cancel()
    await vi.waitFor(() => expect(gateway.seen).toHaveLength(2))
    expect(gateway.seen[1]?.outcome.ok).toBe(true)
  })

  test('a client that leaves before there was any output proves nothing, for better or worse', async () => {
    const gateway = await start({
      fault: () => 'stall:0',
      settings: { on_client_gone: 'cancel' },
    })
    const reader = (await gateway.ask({ stream: true })).body?.getReader()
    await reader?.read()
    await reader?.cancel()
    await vi.waitFor(async () => expect((await gateway.rows())[0]?.ending).toBe('client_gone'), { timeout: 4000 })
    expect(gateway.seen).toEqual([])
  })

  test('a client that leaves before the first byte counts as nothing', async () => {
    const gateway = await start({
      fault: () => 'stall-first',
      change: ({ limits }) => ({ limits: { ...limits, drainMs: 0 } }),
    })
    const caller = new AbortController()
    const asked = gateway.send(chat, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: target, messages: hi }),
      signal: caller.signal,
    })
    await vi.waitFor(() => expect(gateway.calls('openai')).toBe(1))
    caller.abort()
    await asked.catch(() => undefined)
    await vi.waitFor(async () => expect((await gateway.rows())[0]?.ending).toBe('client_gone'), { timeout: 4000 })
    expect(gateway.seen).toEqual([])
  })
})

describe('of several keys', () => {
  /** Keys of the organisation for OpenAI, each with its secret for a name. */
  async function storedKeys(secrets: readonly string[], envKeys: Record<string, string> = {}) {
    const masterKeys = parseMasterKeys(btoa('m'.repeat(32)))
    if (!masterKeys) throw new Error('There is a master key.')
    const vault = createVault({ masterKeys, random })
    const place = { orgId: 'default', providerId: 'openai' }
    const keys = secrets.map(async (secret, index): Promise<ProviderKey> => {
      const sealed = await vault.seal(new Secret(secret), { ...place, recordId: secret })
      const about = { alias: 'default', name: secret, weight: 1, lastFour: secret.slice(-4), sealed }
      const when = { createdAt: index, updatedAt: 0, disabledAt: null, rejection: null }
      return { id: secret, level: 'org', userId: null, tierId: null, ...place, ...about, ...when }
    })
    const store = createMemoryProviderKeyStore(await Promise.all(keys))
    return createKeyResolver({ store, vault, env: envKeys, now: Date.now, random })
  }
  const limited = (refused: ReadonlySet<string>) => (request: Request) =>
    refused.has(request.headers.get('authorization')?.replace('Bearer ', '') ?? '') ? 'status:429:20' : ''

  test.each<[string, string[], Record<string, string>]>([
    ['two stored', ['sk-one', 'sk-two'], {}],
    ['a stored one and one of the environment', ['sk-one'], { OPENAI_API_KEY: 'sk-two' }],
  ])('%s: one that is limited makes room for the other, and the target does not rest', async (_, secrets, fromEnv) => {
    const keyResolver = await storedKeys(secrets, fromEnv)
    const gateway = await start({ fault: limited(new Set(['sk-one'])), change: () => ({ keyResolver }) })
    for (let count = 0; count < 8; count += 1) expect((await gateway.ask()).status).toBe(200)
    // The limited key is met once at most: it rests for the 20 s that the provider asks for.
    expect(gateway.calls('openai')).toBeLessThanOrEqual(9)
    await vi.waitFor(() => expect(gateway.seen).toHaveLength(8))
    expect(gateway.seen.map(({ outcome }) => outcome.ok)).toEqual(Array.from({ length: 8 }, () => true))
    expect(gateway.judge()).toMatchObject({ status: 'healthy', uptime: 1 })
  })

  test('with the last key limited the target rests for as long as the provider asks', async () => {
    const clock = movableClock()
    const keyResolver = await storedKeys(['sk-one'], { OPENAI_API_KEY: 'sk-two' })
    const refused = new Set(['sk-one', 'sk-two'])
    const gateway = await start({ fault: limited(refused), change: () => ({ keyResolver }) })
    const before = Date.now()
    expect((await gateway.ask()).status).toBe(429)
    expect(gateway.calls('openai')).toBe(2)
    expect(gateway.judge()).toMatchObject({ status: 'resting', reason: 'rate_limit', uptime: 1 })
    const restsMs = (gateway.judge().restsUntil ?? 0) - before
    expect(restsMs).toBeGreaterThanOrEqual(20_000)
    expect(restsMs).toBeLessThan(22_000)
    clock.pass(22_000)
    expect(gateway.judge().status).not.toBe('resting')
    refused.clear()
    expect((await gateway.ask()).status).toBe(200)
  })
})

test('two organisations share no health', async () => {
  const secret = createGatewayKeySecret(random)
  const orgId = `org-${crypto.randomUUID()}`
  const settings = { routing: { models: [target, other] } }
  const gateway = await start({
    fault: (request) => (isFailing ? toOpenAI('status:500')(request) : ''),
    change: () => ({
      accounts: createMemoryAccountStore(),
      gateways: createMemoryGatewayStore(['default', orgId].map((id) => ({ orgId: id, id: 'default', settings }))),
    }),
  })
  let isFailing = true
  await gateway.deps.control.orgs.add({ id: orgId, name: orgId, tierId: 'FREE', createdAt: 0 })
  await gateway.deps.keys.add(await createGatewayKey({ id: orgId, orgId, secret, name: 'other' }))
  for (let count = 0; count < 5; count += 1) await gateway.ask({ model: 'auto/cheapest' })
  isFailing = false
  const providerOf = async (key: string) =>
    (await gateway.ask({ model: 'auto/cheapest' }, { 'cf-aig-authorization': `Bearer ${key}` })).headers.get(
      'gw-provider',
    )
  expect(await providerOf(gateway.key)).toBe('anthropic')
  expect(await providerOf(secret)).toBe('openai')
  expect(gateway.deps.health.judge(orgId, target)).toMatchObject({ uptime: 1 })
})

describe('a board that is broken', () => {
  const never = <T>(): Promise<T> => new Promise<T>(() => undefined)
  const refuse = (): Promise<never> => Promise.reject(new Error('The board is down.'))
  const throwing = (): never => {
    throw new Error('The board is down.')
  }
  const boards: [string, HealthBoard][] = [
    ['rejects', { exchange: refuse, claimProbe: refuse }],
    ['throws', { exchange: throwing, claimProbe: throwing }],
    ['hangs', { exchange: never, claimProbe: never }],
  ]

  test.each(boards)('%s: requests are answered, and what is known here goes on counting', async (_, board) => {
    const clock = movableClock()
    let fault = 'status:500'
    const settings = { routing: { models: [target, other] } }
    const gateway = await start({ board, settings, fault: (request) => toOpenAI(fault)(request) })
    const auto = async () => (await gateway.ask({ model: 'auto/cheapest' })).headers.get('gw-provider')
    for (let count = 0; count < 7; count += 1) expect(await auto()).toBe('anthropic')
    expect(gateway.calls('openai')).toBe(5)
    expect(gateway.judge().status).toBe('resting')

    // The rest is over, and nobody can be asked who may find out: here one of ten does.
    clock.pass(31_000)
    fault = ''
    const asked = Date.now()
    const served = await Promise.all(Array.from({ length: 10 }, auto))
    expect(Date.now() - asked).toBeLessThan(2000)
    expect(served.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'anthropic'), 'openai'])
    expect(await auto()).toBe('openai')
  })

  test('one that comes back hears what it has missed', async () => {
    const real = createMemoryHealthBoard({ now: Date.now })
    let isDown = true
    const clock = movableClock()
    const board: HealthBoard = {
      exchange: async (orgId, outcomes) => (isDown ? refuse() : real.exchange(orgId, outcomes)),
      claimProbe: async (orgId, id) => (isDown ? refuse() : real.claimProbe(orgId, id)),
    }
    const gateway = await start({ board, fault: () => 'status:500' })
    for (let count = 0; count < 5; count += 1) await gateway.ask()
    expect(await real.exchange('default', [])).toEqual({})
    isDown = false
    clock.pass(4000)
    await gateway.ask()
    await vi.waitFor(async () => {
      const state = (await real.exchange('default', []))[target]
      expect(state?.circuit.restsUntil).toBeGreaterThan(Date.now())
    })
  })
})

describe('measured speed', () => {
  // Priors of 2026-11: gpt-4o-mini 8, gpt-4o 7.
  const models = [target, 'openai/gpt-4o']

  test.each([false, true])('replaces the prior after 20 answers, stream: %o', async (stream) => {
    const clock = movableClock()
    const gateway = await start({
      settings: { routing: { models } },
      // Four seconds for twenty tokens: 5 a second is a speed of 0, and 4 s to the first output one of 3.5.
      fault: () => {
        clock.pass(4000)
        return 'words:20'
      },
    })
    const served = async () => {
      const response = await gateway.ask({ model: 'auto/fastest', stream })
      await response.text()
      return response.headers.get('gw-model')
    }
    for (let count = 1; count <= 20; count += 1) {
      expect([count, await served()]).toEqual([count, 'gpt-4o-mini'])
      await vi.waitFor(() => expect(gateway.seen).toHaveLength(count))
    }
    expect(gateway.judge()).toMatchObject({ samples: 20 })
    expect(await served()).toBe('gpt-4o')
  })
})

describe('half open', () => {
  const settings = { routing: { models: [target, other] } }

  /** Gateways of one board, whose first target has failed until it rests, and is well again when the rest is over. */
  async function startProbing(board: HealthBoard, isolates: number) {
    const clock = movableClock()
    const orgId = `org-${crypto.randomUUID()}`
    let isWell = false
    let arrived = 0
    let open = (): void => undefined
    const opened = new Promise<void>((resolve) => (open = resolve))
    const change = (deps: Deps): Partial<Deps> => ({
      accounts: createMemoryAccountStore(),
      gateways: createMemoryGatewayStore([{ orgId, id: 'default', settings }]),
      fetch: async (request) => {
        if (!isWell) return deps.fetch(withFault(request))
        arrived += 1
        if (arrived === 10) open()
        await opened
        return deps.fetch(request)
      },
    })
    const withFault = (request: Request): Request => {
      const headers = new Headers(request.headers)
      headers.set('x-sim-fault', toOpenAI('status:500')(request) || 'words:3')
      return new Request(request, { headers })
    }
    const gateways = await Promise.all(Array.from({ length: isolates }, () => start({ board, change })))
    const secret = createGatewayKeySecret(random)
    const [first] = gateways
    await first?.deps.control.orgs.add({ id: orgId, name: orgId, tierId: 'FREE', createdAt: 0 })
    await first?.deps.keys.add(await createGatewayKey({ id: orgId, orgId, secret, name: 'test' }))
    const ask = async (gateway: (typeof gateways)[number]) => {
      const headers = { 'cf-aig-authorization': `Bearer ${secret}` }
      return (await gateway.ask({ model: 'auto/cheapest' }, headers)).headers.get('gw-provider')
    }
    for (let count = 0; count < 5; count += 1) if (first) await ask(first)
    await vi.waitFor(async () => {
      expect((await board.exchange(orgId, []))[target]?.circuit.restsUntil).toBeGreaterThan(0)
    })
    clock.pass(4000)
    for (const gateway of gateways) {
      await vi.waitFor(async () => {
        await ask(gateway)
        expect(gateway.deps.health.judge(orgId, target).status).toBe('resting')
      })
    }
    clock.pass(27_000)
    isWell = true
    return { clock, gateways, ask, orgId }
  }

  const boards: [string, () => HealthBoard][] = [
    ['the memory board', () => createMemoryHealthBoard({ now: () => Date.now() })],
    ['the Durable Object', () => createHealthBoard(env)],
  ]

  test.each(boards.flatMap(([name, create]) => [1, 2].map((isolates) => ({ name, create, isolates }))))(
    '$name, isolates: $isolates: of ten requests at once one finds out',
    async ({ create, isolates }) => {
      const { gateways, ask, orgId } = await startProbing(create(), isolates)
      for (const gateway of gateways) expect(gateway.deps.health.judge(orgId, target).status).toBe('probing')
      const asked = gateways.flatMap((gateway) => Array.from({ length: 10 / isolates }, () => ask(gateway)))
      const served = await Promise.all(asked)
      expect(served.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'anthropic'), 'openai'])
      // It works again.
      const one = gateways.find(({ seen }) => seen.some(({ outcome }) => outcome.probedAt !== undefined))
      expect(one?.deps.health.judge(orgId, target).status).not.toMatch(/resting|probing/)
    },
  )
})
