import type { Deps, GatewaySettings } from '@gw/gateway'
import { testAnswerCache } from '@gw/gateway/testing'
import { env, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { describe, expect, test, vi } from 'vitest'
import { createAnswerCache } from '../src/create-answer-cache.ts'
import { createDeps } from '../src/create-deps.ts'
import { startGateway } from './start-gateway.ts'

const own = { authorization: 'Bearer sk-caller' }
const path = '/v1/chat/completions'
const ask = (change: object = {}, model = 'openai/gpt-4o-mini') => ({
  model,
  messages: [{ role: 'user', content: `hello ${crypto.randomUUID()}` }],
  ...change,
})

/** A gateway of the control plane's making, with these settings, and callers who name it. */
async function startCached(
  settings: GatewaySettings = { cache_ttl: 60 },
  change: (deps: Deps) => Partial<Deps> = () => ({}),
) {
  const gateway = await startGateway(change)
  const id = `g-${crypto.randomUUID()}`
  await gateway.deps.gateways.save({ orgId: 'default', id, settings }, Date.now())
  const post = (body: unknown, headers: Record<string, string> = {}, to = path) =>
    gateway.post(to, body, { ...own, 'cf-aig-gateway-id': id, ...headers })
  return {
    ...gateway,
    id,
    post,
    /** What the cache says, and the answer. */
    said: async (body: unknown, headers: Record<string, string> = {}, to = path): Promise<[string | null, string]> => {
      const response = await post(body, headers, to)
      return [response.headers.get('cf-aig-cache-status'), await response.text()]
    },
    /** The same request until the cache has it: the answer is kept after it has gone out. */
    hit: (body: unknown, headers: Record<string, string> = {}, to = path): Promise<Response> =>
      vi.waitFor(
        async () => {
          const response = await post(body, headers, to)
          if (response.headers.get('cf-aig-cache-status') !== 'HIT') {
            await response.text()
            throw new Error('It is not in the cache.')
          }
          return response
        },
        { timeout: 5000, interval: 20 },
      ),
    sent: () => gateway.simulator.requests.length,
    admin: (method: string, to: string, body?: unknown) =>
      gateway.send(`/api/${to}`, {
        method,
        headers: { authorization: 'Bearer admin-key', 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  }
}

/** The objects that keep answers for requests from now on. */
function watchPlaces(deps: Deps) {
  const places: string[] = []
  const { cache } = deps
  if (!cache) throw new Error('There is no cache.')
  const answers = {
    ...cache.answers,
    open: (...call: Parameters<typeof cache.answers.open>) => {
      places.push(call[0].place)
      return cache.answers.open(...call)
    },
  }
  return { places, change: { cache: { ...cache, answers } } }
}

const stubOf = (place: string) => env.ANSWERS.get(env.ANSWERS.idFromName(place))

describe('answers in Durable Objects', () => {
  testAnswerCache(() => createAnswerCache(env), { test, expect })
})

describe('on and off', () => {
  test('off by default: every request goes to the provider, and says MISS', async () => {
    const { said, sent } = await startCached({})
    const body = ask()
    expect([(await said(body))[0], (await said(body))[0], sent()]).toEqual(['MISS', 'MISS', 2])
  })

  test('on by the gateway: the same bytes again, without the provider', async () => {
    const { said, hit, sent } = await startCached()
    const body = ask()
    const [status, text] = await said(body)
    const again = await hit(body)
    expect([status, await again.text(), again.headers.get('content-type'), sent()]).toEqual([
      'MISS',
      text,
      'application/json',
      1,
    ])
    expect((await said(ask()))[0]).toBe('MISS')
  })

  test('on by a key of the request, whatever the bodies are', async () => {
    const { said, hit, sent } = await startCached({})
    const key = { 'cf-aig-cache-key': crypto.randomUUID() }
    const [, text] = await said(ask(), key)
    expect([await (await hit(ask(), key)).text(), sent()]).toEqual([text, 1])
    expect((await said(ask({ stream: true }), key))[0]).toBe('MISS')
  })

  test.each([
    ['skipping', { 'cf-aig-skip-cache': 'true' }],
    ['the deprecated name', { 'cf-skip-cache': 'true' }],
    ['a TTL of 0', { 'cf-aig-cache-ttl': '0' }],
  ])('%s neither reads nor writes', async (_, headers) => {
    const { said, hit, sent } = await startCached()
    const body = ask()
    await said(body, headers)
    expect((await said(body))[0]).toBe('MISS')
    await hit(body)
    expect([(await said(body, headers))[0], sent()]).toEqual(['MISS', 3])
  })

  test('a TTL alone switches nothing on, and one past its limits is refused', async () => {
    const { said, post } = await startCached({})
    const body = ask()
    await said(body, { 'cf-aig-cache-ttl': '60' })
    expect((await said(body, { 'cf-aig-cache-ttl': '60' }))[0]).toBe('MISS')
    const refused = await Promise.all(
      ['59', '2592001'].map(async (ttl) => (await post(body, { 'cf-aig-cache-ttl': ttl })).status),
    )
    expect(refused).toEqual([400, 400])
  })
})

describe('how long', () => {
  /** When the alarm of what a request left behind comes, s from now. */
  async function alarmOf(settings: GatewaySettings, headers: Record<string, string> = {}): Promise<number> {
    const watched = watchPlaces(createDeps(env))
    const { said, hit } = await startCached(settings, () => watched.change)
    const body = ask()
    await said(body, headers)
    await hit(body, headers)
    const at = await runInDurableObject(stubOf(watched.places[0] ?? ''), (_, { storage }) => storage.getAlarm())
    return Math.round(((at ?? 0) - Date.now()) / 1000)
  }

  test('the gateway says, the request may say otherwise, and a key of its own is 5 minutes', async () => {
    const key = { 'cf-aig-cache-key': crypto.randomUUID() }
    const found = await Promise.all([
      alarmOf({ cache_ttl: 120 }),
      alarmOf({ cache_ttl: 120 }, { 'cf-aig-cache-ttl': '3600' }),
      alarmOf({ cache_ttl: 120 }, key),
      alarmOf({}, key),
      alarmOf({}, { ...key, 'cf-aig-cache-ttl': '60' }),
    ])
    expect(found.map((seconds) => Math.round(seconds / 10) * 10)).toEqual([120, 3600, 120, 300, 60])
  })

  test('then it is gone, and nothing is left behind', async () => {
    const watched = watchPlaces(createDeps(env))
    const { said, hit, sent } = await startCached({ cache_ttl: 60 }, () => watched.change)
    const body = ask()
    await said(body)
    await hit(body)
    const stub = stubOf(watched.places[0] ?? '')
    await runInDurableObject(stub, (_, { storage }) => storage.sql.exec('UPDATE answers SET expires_at = 1').toArray())
    expect((await said(body, { 'cf-aig-event-id': 'expired' }))[0]).toBe('MISS')
    await hit(body)
    await runInDurableObject(stub, (_, { storage }) => storage.sql.exec('UPDATE answers SET expires_at = 1').toArray())
    expect(await runDurableObjectAlarm(stub)).toBe(true)
    const tables = await runInDurableObject(stub, (_, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name IN ('answers', 'pieces')").toArray(),
    )
    expect([tables, sent()]).toEqual([[], 2])
  })

  test('an answer is there after its object was put to sleep', async () => {
    const watched = watchPlaces(createDeps(env))
    const { said, hit, sent } = await startCached({ cache_ttl: 60 }, () => watched.change)
    const body = ask()
    await said(body)
    await hit(body)
    await evictDurableObject(stubOf(watched.places[0] ?? ''))
    expect([(await said(body))[0], sent()]).toEqual(['HIT', 1])
  })
})

describe('what is kept', () => {
  test('a stream, as a stream, byte for byte', async () => {
    const { said, hit, sent } = await startCached()
    const body = ask({ stream: true })
    const [status, text] = await said(body)
    const again = await hit(body)
    expect([status, again.headers.get('content-type'), sent()]).toEqual(['MISS', 'text/event-stream; charset=utf-8', 1])
    expect(await again.text()).toBe(text)
    expect(text).toContain('data: [DONE]')
  })

  test('a translated stream, and an answer of several megabytes', async () => {
    const { said, hit } = await startCached()
    const body = ask({ stream: true }, 'anthropic/claude-sonnet-4-5')
    const [, text] = await said(body)
    expect(await (await hit(body)).text()).toBe(text)
    const long = ask({ stream: true }, 'openai/gpt-4o-mini+huge:3000000')
    const [, longText] = await said(long)
    expect(longText.length).toBeGreaterThan(3_000_000)
    expect((await (await hit(long)).text()) === longText).toBe(true)
  })

  test('a binary answer of 20 MB', async () => {
    const png = new Uint8Array(20_000_000).fill(137)
    let calls = 0
    const { post, hit } = await startCached({ cache_ttl: 60 }, () => ({
      fetch: async () => {
        calls += 1
        return new Response(png, { headers: { 'content-type': 'image/png', 'x-request-id': 'r1' } })
      },
    }))
    const body = { prompt: crypto.randomUUID() }
    const to = '/v1/acc/default/workers-ai/run/@cf/a/image'
    const key = { 'cf-aig-cache-key': crypto.randomUUID() }
    await (await post(body, key, to)).arrayBuffer()
    const again = await hit(body, key, to)
    const bytes = new Uint8Array(await again.arrayBuffer())
    expect([again.headers.get('content-type'), again.headers.get('x-request-id'), bytes.byteLength, calls]).toEqual([
      'image/png',
      null,
      20_000_000,
      1,
    ])
    expect(bytes.every((byte) => byte === 137)).toBe(true)
  })

  test.each([
    ['a stream that breaks off', ask({ stream: true }, 'openai/gpt-4o-mini+cut:2')],
    ['a stream without its end', ask({ stream: true }, 'openai/gpt-4o-mini+no-terminal')],
    ['an error in a stream', ask({ stream: true }, 'openai/gpt-4o-mini+error-frame')],
    ['an error after the preamble', ask({ stream: true }, 'openai/gpt-4o-mini+preamble-error')],
    ['an error with status 200', ask({}, 'openai/gpt-4o-mini+error-frame')],
    ['a failure', ask({}, 'openai/gpt-4o-mini+500')],
    ['a refusal', ask({}, 'openai/gpt-4o-mini+context-length')],
  ])('%s is not', async (_, body) => {
    const { said, sent } = await startCached()
    for (const _time of ['once', 'twice', 'thrice']) await said(body).catch(() => undefined)
    expect(sent()).toBe(3)
  })

  test('nor an error that a native path passes with status 200', async () => {
    let calls = 0
    const { said } = await startCached({ cache_ttl: 60 }, () => ({
      fetch: async () => Response.json({ success: false, errors: [{ code: 1 }], calls: (calls += 1) }),
    }))
    const to = '/v1/acc/default/workers-ai/run/@cf/a/b'
    const key = { 'cf-aig-cache-key': crypto.randomUUID() }
    for (const _time of ['once', 'twice']) await said({ prompt: 'x' }, key, to)
    expect(calls).toBe(2)
  })

  test('a stream whose caller leaves is kept where it is read to its end all the same', async () => {
    const { post, hit, sent } = await startCached()
    const body = ask({ stream: true }, 'openai/gpt-4o-mini+words:50+pace:5')
    const reader = (await post(body)).body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect(await (await hit(body)).text()).toContain('data: [DONE]')
    expect(sent()).toBe(1)
  })

  test('and is not where the gateway lets go of it', async () => {
    const { post, said, sent } = await startCached({ cache_ttl: 60, on_client_gone: 'cancel' })
    const body = ask({ stream: true }, 'openai/gpt-4o-mini+words:50+pace:5')
    const reader = (await post(body)).body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect([(await said(body))[0], sent()]).toEqual(['MISS', 2])
  })

  test.each([
    ['counted tokens', '/v1/messages/count_tokens', ask({ max_tokens: 5 }, 'anthropic/claude-sonnet-4-5')],
    [
      'a response that goes on from a kept one',
      '/v1/acc/default/openai/responses',
      { model: 'gpt-5', input: 'x', previous_response_id: 'resp_1' },
    ],
    ['a response that is to be kept', '/v1/acc/default/openai/responses', { model: 'gpt-5', input: 'x', store: true }],
    ['what begins something at the provider', '/v1/acc/default/openai/batches', { input_file_id: 'f' }],
  ])('%s goes to the provider each time', async (_, to, body) => {
    const { said, sent } = await startCached()
    const key = { 'cf-aig-cache-key': crypto.randomUUID() }
    for (const _time of ['once', 'twice']) await said(body, key, to)
    expect(sent()).toBe(2)
  })

  test('a GET goes to the provider each time', async () => {
    const gateway = await startCached()
    const headers = { ...own, 'cf-aig-authorization': gateway.key, 'cf-aig-cache-key': crypto.randomUUID() }
    for (const _time of ['once', 'twice'])
      await (await gateway.send('/v1/acc/default/openai/models', { headers })).text()
    expect(gateway.sent()).toBe(2)
  })
})

describe('equal requests at once', () => {
  test.each([
    ['JSON', {}],
    ['streams', { stream: true }],
  ])('of twenty one goes to the provider, and all get its answer (%s)', async (_, change) => {
    const { post, sent } = await startCached()
    const body = ask(change, 'openai/gpt-4o-mini+words:10+pace:20')
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(body)))
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    const statuses = answers.map((answer) => answer.headers.get('cf-aig-cache-status')).toSorted()
    expect([sent(), new Set(texts).size, statuses.filter((status) => status === 'HIT').length]).toEqual([1, 1, 19])
  })

  test('where the one that leads fails, the next leads', async () => {
    const { post, sent } = await startCached()
    const body = ask({}, `openai/gpt-4o-mini-${crypto.randomUUID()}+times:3:500`)
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(body)))
    const statuses = answers.map(({ status }) => status).toSorted()
    expect([statuses, sent()]).toEqual([[200, 200, 200, 200, 200, 500, 500, 500], 4])
  })

  test('where its stream breaks off, the next leads', async () => {
    const { post, sent } = await startCached()
    const body = ask({ stream: true }, `openai/gpt-4o-mini-${crypto.randomUUID()}+times:1:cut:1`)
    const answers = await Promise.all(Array.from({ length: 4 }, () => post(body)))
    const texts = await Promise.all(answers.map((answer) => answer.text().catch(() => '')))
    expect([texts.filter((text) => text.includes('[DONE]')).length, sent()]).toEqual([3, 2])
  })

  test('one that leaves while it waits costs nothing, and its row says so', async () => {
    const { key, id, send, post, sent, rows } = await startCached()
    const body = ask({}, 'openai/gpt-4o-mini+slow:300')
    const leading = post(body)
    await vi.waitFor(() => expect(sent()).toBe(1))
    const leaver = new AbortController()
    const waiting = send(path, {
      method: 'POST',
      headers: { ...own, 'cf-aig-authorization': key, 'cf-aig-gateway-id': id, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: leaver.signal,
    }).catch(() => undefined)
    setTimeout(() => leaver.abort(), 50)
    await waiting
    await (await leading).text()
    const found = await vi.waitFor(
      async () => {
        const all = await rows()
        if (all.length < 2) throw new Error('The rows have not arrived.')
        return all
      },
      { timeout: 5000, interval: 50 },
    )
    expect(found.map(({ ending, attempts }) => [ending, attempts.length]).toSorted()).toEqual([
      ['client_gone', 0],
      ['complete', 1],
    ])
    expect(sent()).toBe(1)
  })
})

describe('what a HIT says and costs', () => {
  test('the row, the headers and the roll-up', async () => {
    const { id, post, hit, rowOf, admin } = await startCached()
    const body = ask({}, 'openai/gpt-4o-mini')
    const miss = await post(body)
    await miss.text()
    const again = await hit(body)
    const [first, row] = [await rowOf(miss), await rowOf(again)]
    const cost = first.cost_nano_usd ?? 0
    expect(cost).toBeGreaterThan(0)
    expect(row).toMatchObject({
      gateway_id: id,
      cache_status: 'HIT',
      usage_source: 'cached',
      cost_nano_usd: 0,
      charged_nano_usd: null,
      usage: {},
      bill: [],
      attempts: [],
      provider: 'openai',
      model: 'gpt-4o-mini',
      key_source: 'none',
      ending: 'complete',
      saved_nano_usd: cost,
      saved_ms: first.duration_ms,
    })
    expect([first.cache_status, first.saved_nano_usd, first.saved_ms]).toEqual(['MISS', null, null])
    const said = ['gw-cost', 'gw-attempts', 'gw-provider', 'gw-model', 'cf-aig-step'].map((name) =>
      again.headers.get(name),
    )
    expect(said).toEqual(['0', '0', 'openai', 'gpt-4o-mini', '0'])

    const usage = await (await admin('GET', 'usage')).json<Record<string, number>>()
    expect(usage['saved_nano_usd']).toBeGreaterThanOrEqual(cost)
    const rolledUp = await env.DB.prepare(
      "SELECT requests, cost_nano_usd, saved_nano_usd, saved_ms FROM usage_hourly WHERE gateway_id = ? AND cache_status = 'HIT'",
    )
      .bind(id)
      .all()
    expect(rolledUp.results).toEqual([
      { requests: 1, cost_nano_usd: 0, saved_nano_usd: cost, saved_ms: first.duration_ms },
    ])
  })
})

describe('purge', () => {
  test('of a gateway takes everything of it, and nothing else', async () => {
    const one = await startCached()
    const other = await startCached()
    const body = ask()
    for (const gateway of [one, other]) {
      await gateway.said(body)
      await gateway.hit(body)
    }
    expect((await one.admin('POST', `gateways/${one.id}/cache/purge`)).status).toBe(204)
    expect([(await one.said(body))[0], (await other.said(body))[0]]).toEqual(['MISS', 'HIT'])
    expect((await one.admin('POST', 'gateways/nobody/cache/purge')).status).toBe(404)
  })

  test('of a key takes what has the key, whoever’s it is', async () => {
    const { id, said, hit, admin } = await startCached()
    const [mine, other] = [{ 'cf-aig-cache-key': crypto.randomUUID() }, { 'cf-aig-cache-key': crypto.randomUUID() }]
    const colleague = { ...mine, authorization: 'Bearer sk-colleague' }
    for (const headers of [mine, other, colleague]) {
      await said(ask(), headers)
      await hit(ask(), headers)
    }
    expect((await admin('POST', `gateways/${id}/cache/purge`, { key: mine['cf-aig-cache-key'] })).status).toBe(204)
    const states = await Promise.all([mine, colleague, other].map(async (headers) => (await said(ask(), headers))[0]))
    expect(states).toEqual(['MISS', 'MISS', 'HIT'])
  })

  test('any change of the settings purges where the gateway is set so', async () => {
    const { id, said, hit, admin } = await startCached()
    const body = ask()
    await said(body)
    await hit(body)
    const put = (settings: GatewaySettings) => admin('PUT', `gateways/${id}`, { settings })
    expect((await put({ cache_ttl: 90 })).status).toBe(200)
    expect((await said(body))[0]).toBe('HIT')
    await put({ cache_ttl: 90, cache_invalidate_on_update: true })
    expect((await said(body))[0]).toBe('MISS')
    await hit(body)
    await put({ cache_ttl: 60 })
    expect((await said(body))[0]).toBe('MISS')
  })
})

describe('at rest', () => {
  const secretText = `secret-${crypto.randomUUID()}`
  const keep = async (masterKey: string | undefined): Promise<string> => {
    const watched = watchPlaces(createDeps({ ...env, GW_MASTER_KEY: masterKey ?? '' }))
    const { said, hit } = await startCached({ cache_ttl: 60 }, () => watched.change)
    const body = { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: secretText }], n: 1 }
    const [, text] = await said(body)
    expect(await (await hit(body)).text()).toBe(text)
    const pieces = await runInDurableObject(stubOf(watched.places[0] ?? ''), (_, { storage }) =>
      storage.sql
        .exec<{ bytes: ArrayBuffer }>('SELECT bytes FROM pieces')
        .toArray()
        .map(({ bytes }) => new TextDecoder('latin1').decode(bytes)),
    )
    return pieces.join('')
  }

  test('nothing can be read where the operator has a master key', async () => {
    const stored = await keep(btoa('k'.repeat(32)))
    expect(stored.length).toBeGreaterThan(0)
    for (const word of [secretText, 'gpt-4o-mini', 'application/json']) expect(stored).not.toContain(word)
  })

  test('without one it is as it is', async () => {
    expect(await keep(undefined)).toContain(secretText)
  })
})

describe('a cache that is not there', () => {
  const broken = (answers: Partial<Deps['cache'] & object>['answers']) => (deps: Deps) => ({
    cache: { room: { bytes: 1_000_000 }, ...(answers ? { answers } : { answers: createAnswerCache(env) }) },
    report: () => undefined,
    ...(deps.runs && { runs: deps.runs }),
  })

  test.each([
    ['down', () => Promise.reject(new Error('It is down.'))],
    ['slow', () => new Promise<never>(() => undefined)],
  ])('is a MISS where it is %s', async (_, answer) => {
    const failing = {
      open: answer,
      find: answer,
      wait: answer,
      renew: answer,
      keep: answer,
      leave: answer,
      remove: answer,
    }
    const { said } = await startCached({ cache_ttl: 60 }, broken(failing))
    const body = ask()
    expect([(await said(body))[0], (await said(body))[0]]).toEqual(['MISS', 'MISS'])
  })
})
