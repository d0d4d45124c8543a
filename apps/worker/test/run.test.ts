import { abortAllDurableObjects, env, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { describe, expect, test, vi } from 'vitest'
import { createRuns } from '../src/create-runs.ts'
import type { StreamRun } from '../src/stream-run.ts'
import { keysOf } from './keys-of.ts'
import { startGateway } from './start-gateway.ts'

interface Sent {
  url: string
  type: string | null
  bytes: number[]
}

/** A gateway whose provider answers what it is told, and what that provider got. */
async function startWith(answer: () => Response) {
  const sent: Sent[] = []
  const gateway = await startGateway(() => ({
    keyResolver: keysOf({ CLOUDFLARE_API_TOKEN: 'token' }),
    fetch: async (request) => {
      const bytes = [...new Uint8Array(await request.arrayBuffer())]
      sent.push({ url: request.url, type: request.headers.get('content-type'), bytes })
      return answer()
    },
  }))
  return { gateway, sent }
}

const text = (bytes: readonly number[] = []): string => new TextDecoder().decode(new Uint8Array(bytes))
const upstream = 'http://simulator.test/workers-ai/client/v4/accounts/acc/ai/run'

describe('run of the binding', () => {
  test('passes the options of the model on, and none of the gateway', async () => {
    const { gateway, sent } = await startWith(() => Response.json({ result: { response: 'hi' }, success: true }))
    const options = {
      gateway: { id: 'default', metadata: { a: 1 } },
      returnRawResponse: true,
      queueRequest: true,
      lora: 'x',
    }
    await gateway.post(
      '/ai-gateway/run?version=3',
      { inputs: { prompt: 'hi' }, options },
      { 'cf-consn-model-id': '@cf/a/b' },
    )
    expect(sent.map(({ url, type, bytes }) => [url, type, text(bytes)])).toEqual([
      [`${upstream}/@cf/a/b?queueRequest=true&lora=x`, 'application/json', '{"prompt":"hi"}'],
    ])
  })

  test('passes a file byte for byte, and the other inputs in the query', async () => {
    const { gateway, sent } = await startWith(() => Response.json({ result: { text: 'hello' }, success: true }))
    const response = await gateway.send(
      `/run?version=3&userInputs=${encodeURIComponent('{"language":"en","n":[1]}')}`,
      {
        method: 'POST',
        headers: {
          'cf-aig-authorization': gateway.key,
          'content-type': 'audio/mpeg',
          'cf-consn-model-id': '@cf/a/asr',
        },
        body: new Uint8Array([0, 255, 13, 10, 128]),
      },
    )
    expect(sent).toEqual([
      { url: `${upstream}/@cf/a/asr?language=en`, type: 'audio/mpeg', bytes: [0, 255, 13, 10, 128] },
    ])
    expect(await response.json()).toEqual({ text: 'hello' })
  })

  test('passes a file that stands in base64 among the inputs as bytes', async () => {
    const { gateway, sent } = await startWith(() => Response.json({ result: { text: 'hello' }, success: true }))
    const audio = { body: btoa('\u0000\u00ff\r\n'), contentType: 'audio/mpeg' }
    const run = { 'cf-consn-model-id': '@cf/deepgram/nova-3' }
    await (await gateway.post('/run', { inputs: { audio, language: 'en' } }, run)).text()
    expect(sent).toEqual([
      { url: `${upstream}/@cf/deepgram/nova-3?language=en`, type: 'audio/mpeg', bytes: [0, 255, 13, 10] },
    ])
    const refused = await gateway.post('/run', { inputs: { audio: { ...audio, body: '§' } } }, run)
    expect(await refused.json()).toMatchObject({ errors: [{ message: '`audio.body` must be base64.' }] })
  })

  test('passes an image back byte for byte', async () => {
    const png = new Uint8Array([137, 80, 78, 71, 0, 255])
    const { gateway } = await startWith(() => new Response(png, { headers: { 'content-type': 'image/png' } }))
    const response = await gateway.post('/run', { inputs: { prompt: 'a cat' } }, { 'cf-consn-model-id': '@cf/a/image' })
    expect([response.headers.get('content-type'), new Uint8Array(await response.arrayBuffer())]).toEqual([
      'image/png',
      png,
    ])
  })

  test('says exactly application/json, whatever the provider said', async () => {
    const { gateway } = await startWith(
      () =>
        new Response('{"result":{"a":1},"success":true}', {
          headers: { 'content-type': 'application/json; charset=utf-8' },
        }),
    )
    const response = await gateway.post('/run', { inputs: {} }, { 'cf-consn-model-id': '@cf/a/b' })
    expect([response.headers.get('content-type'), await response.json()]).toEqual(['application/json', { a: 1 }])
  })

  test('passes the provider’s own error list', async () => {
    const body = { success: false, errors: [{ code: 5007, message: 'No such model' }], result: null, messages: [] }
    const { gateway } = await startWith(() => Response.json(body, { status: 400 }))
    const response = await gateway.post('/run', { inputs: {} }, { 'cf-consn-model-id': '@cf/a/none' })
    expect([response.status, await response.json()]).toEqual([400, body])
  })
})

describe('a run’s recording', () => {
  const owner = { orgId: 'default', gatewayId: 'default' }

  /** A run that recorded two events, by hand: the object's own request needs a provider. */
  async function recorded(state: 'running' | 'complete'): Promise<DurableObjectStub<StreamRun>> {
    const stub = env.RUNS.get(env.RUNS.newUniqueId())
    await runInDurableObject(stub, async (_, { storage }) => {
      storage.sql.exec(
        'CREATE TABLE facts (id INTEGER PRIMARY KEY, org_id TEXT, gateway_id TEXT, state TEXT, expires_at INTEGER)',
      )
      storage.sql.exec(
        'INSERT INTO facts VALUES (1, ?, ?, ?, ?)',
        'default',
        'default',
        state,
        state === 'running' ? null : 1,
      )
      storage.sql.exec(
        'CREATE TABLE pieces (start INTEGER PRIMARY KEY, events INTEGER NOT NULL, after_newline INTEGER NOT NULL, bytes BLOB NOT NULL)',
      )
      const bytes = new TextEncoder().encode('data: a\n\ndata: b\n\n')
      storage.sql.exec('INSERT INTO pieces VALUES (0, 0, 0, ?)', bytes.buffer)
      await storage.setAlarm(Date.now() + 60_000)
    })
    return stub
  }

  test('is there after the object was put to sleep', async () => {
    const stub = await recorded('complete')
    const rest = await stub.resume(owner, 1)
    expect(await new Response(rest).text()).toBe('data: b\n\n')
  })

  test('is gone once it has expired', async () => {
    const stub = await recorded('complete')
    expect(await runDurableObjectAlarm(stub)).toBe(true)
    expect(await stub.resume(owner, 0)).toBeNull()
    expect(await runInDurableObject(stub, (_, { storage }) => storage.list())).toEqual(new Map())
  })

  test('of a run that lost its object gives what there is and then breaks, until it expires', async () => {
    const stub = await recorded('running')
    const reader = (await stub.resume(owner, 0))?.getReader()
    expect(text([...((await reader?.read())?.value ?? [])])).toBe('data: a\n\ndata: b\n\n')
    await expect(reader?.read()).rejects.toThrow('disconnected prematurely')
    await runDurableObjectAlarm(stub)
    const alarm = await runInDurableObject(stub, (_, { storage }) => storage.getAlarm())
    expect(Math.abs((alarm ?? 0) - Date.now() - 360_000)).toBeLessThan(10_000)
  })
})

test('a run whose object is lost leaves a row with what is known of it', async () => {
  const gateway = await startGateway()
  const event = 'data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"hi"}}]}\n\n'
  const upstream = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(event)) })
  vi.stubGlobal('fetch', async () => new Response(upstream, { headers: { 'content-type': 'text/event-stream' } }))
  const owner = { orgId: 'default', gatewayId: 'default' }
  const stub = env.RUNS.get(env.RUNS.newUniqueId())
  const response = await runInDurableObject(stub, async (run) => {
    const request = new Request('https://gw.test/v1/chat/completions', {
      method: 'POST',
      headers: { 'cf-aig-authorization': gateway.key, authorization: 'Bearer sk-caller' },
      body: JSON.stringify({ model: 'openai/gpt-4o-mini', stream: true, messages: [{ role: 'user', content: 'hi' }] }),
    })
    const answer = await run.start({ id: 'a'.repeat(64), ...owner }, request)
    await answer.body?.getReader().read()
    await run.alarm()
    return new Response(null, { headers: answer.headers })
  })
  vi.unstubAllGlobals()
  await abortAllDurableObjects()
  await runDurableObjectAlarm(env.RUNS.get(stub.id))

  expect(await gateway.rowOf(response)).toMatchObject({
    ending: 'truncated',
    success: false,
    provider: 'openai',
    usage_source: 'estimated',
    usage: { output: 1 },
  })
  expect(await env.RUNS.get(stub.id).abandon(owner)).toBe(response.headers.get('cf-aig-log-id'))
  expect(await gateway.rows()).toHaveLength(1)
})

test.each(['0', '-5', 'soon', '90000'])('a gateway does not start with GW_RUN_TTL_SECONDS=%s', (text) => {
  expect(() => createRuns({ RUNS: env.RUNS, GW_RUN_TTL_SECONDS: text })).toThrow(/^GW_RUN_TTL_SECONDS is not valid/)
})
