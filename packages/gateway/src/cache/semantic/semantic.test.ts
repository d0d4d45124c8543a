import { createGatewayKey, createMemoryKeyStore } from '@gw/keys'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { startMemoryGateway } from '../../__fixtures__/memory-gateway.ts'
import { createMemoryGatewayStore } from '../../gateways/create-memory-gateway-store.ts'
import type { GatewaySettings } from '../../gateways/gateway-store.ts'
import { createCaching } from '../create-caching.ts'
import { createMemoryAnswerCache } from '../create-memory-answer-cache.ts'
import { createMemorySemanticIndex } from './create-memory-semantic-index.ts'
import type { Embedder } from './embedder.ts'

/** Texts whose vectors have these angles, degrees: their similarity is the cosine of the difference. */
const angles: Readonly<Record<string, number>> = { 'hello there': 0, 'hello, there': 10, 'hi there': 25, bye: 90 }
const embedder: Embedder = {
  embed: async (text) => {
    const angle = ((angles[text] ?? 180) * Math.PI) / 180
    return [Math.cos(angle), Math.sin(angle)]
  },
}

const answered = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })) })

interface Started {
  settings?: GatewaySettings
  embedder?: Embedder
}

/** A gateway for two organisations, of which each has the same settings. */
async function start({ settings = {}, embedder: ownEmbedder = embedder }: Started = {}) {
  let calls = 0
  const orgs = ['acme', 'other']
  const keys = await Promise.all(orgs.map((orgId) => createGatewayKey({ id: orgId, orgId, secret: `gw_${orgId}` })))
  const all = { cache_ttl: 60, semantic_cache: {}, ...settings }
  const gateway = await startMemoryGateway(
    async () => {
      calls += 1
      const message = { role: 'assistant', content: `answer ${calls}` }
      return Response.json({
        id: 'c',
        model: 'gpt-4o-mini',
        choices: [{ index: 0, message, finish_reason: 'stop' }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      })
    },
    {
      keys: createMemoryKeyStore(keys),
      gateways: createMemoryGatewayStore(orgs.map((orgId) => ({ orgId, id: 'default', settings: all }))),
      cache: createCaching({
        answers: createMemoryAnswerCache({ now: Date.now }),
        semantic: { index: createMemorySemanticIndex({ now: Date.now }), embedder: ownEmbedder },
      }),
    },
  )
  return {
    ...gateway,
    calls: () => calls,
    ask: async (text: unknown, change: object = {}, org = 'acme'): Promise<string> => {
      const response = await gateway.app.request('/v1/chat/completions', {
        method: 'POST',
        headers: { 'cf-aig-authorization': `gw_${org}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: text }], ...change }),
      })
      const body = answered.parse(await response.json())
      const warnings = response.headers.get('gw-warnings') ?? ''
      return `${response.headers.get('cf-aig-cache-status')} ${body.choices[0]?.message.content}${warnings && ` ${warnings}`}`
    },
  }
}

test('a text that is alike gets the answer, and one that is less so does not', async () => {
  const { ask, calls, rows } = await start()
  expect(await ask('hello there')).toBe('MISS answer 1')
  // The cosine of 10° is 0.985, that of 25° is 0.906.
  expect(await ask('hello, there')).toBe('HIT answer 1 semantic')
  expect(await ask('hi there')).toBe('MISS answer 2')
  expect(calls()).toBe(2)
  expect(rows[1]).toMatchObject({ cache_status: 'HIT', warnings: ['semantic'], cost_nano_usd: 0 })
})

test('the gateway says how alike', async () => {
  const { ask } = await start({ settings: { semantic_cache: { threshold: 0.9 } } })
  expect([await ask('hello there'), await ask('hi there'), await ask('bye')]).toEqual([
    'MISS answer 1',
    'HIT answer 1 semantic',
    'MISS answer 2',
  ])
})

test('is off by default', async () => {
  const { ask } = await start({ settings: { semantic_cache: null } })
  expect([await ask('hello there'), await ask('hello, there')]).toEqual(['MISS answer 1', 'MISS answer 2'])
})

test('everything but the last text must be equal, the organisation first of all', async () => {
  const { ask } = await start()
  await ask('hello there')
  const system = { role: 'system', content: 'Be brief.' }
  const found = [
    await ask('hello, there', {}, 'other'),
    await ask('hello, there', { temperature: 0 }),
    await ask('hello, there', { model: 'openai/gpt-4o' }),
    await ask(undefined, { messages: [system, { role: 'user', content: 'hello, there' }] }),
  ]
  expect(found.map((said) => said.slice(0, 4))).toEqual(['MISS', 'MISS', 'MISS', 'MISS'])
})

test('an answer of one way of a dynamic route, or of another version, is not for the other', async () => {
  const { app, ask } = await start()
  const admin = async (path: string, body: object, method = 'POST'): Promise<void> => {
    const headers = { authorization: 'Bearer admin', 'content-type': 'application/json' }
    const init = { method, headers, body: JSON.stringify(body) }
    expect((await app.request(`/api/${path}`, init)).ok).toBe(true)
  }
  const to = (elementId: string) => ({ elementId })
  const model = (id: string, name: string) => ({
    id,
    type: 'model',
    properties: { provider: 'openai', model: name, timeout: 0, retries: 0 },
    outputs: { success: to('end') },
  })
  const conditions = { 'body.messages[0].content': { $contains: ',' } }
  const elements = (dear: string) => [
    { id: 'start', type: 'start', outputs: { next: to('when') } },
    { id: 'when', type: 'conditional', properties: { conditions }, outputs: { true: to('yes'), false: to('no') } },
    model('yes', dear),
    model('no', 'gpt-4o-mini'),
    { id: 'end', type: 'end', outputs: {} },
  ]
  await admin('orgs', { id: 'acme', name: 'Acme' })
  const settings = { cache_ttl: 60, semantic_cache: {} }
  await admin('gateways/default', { org_id: 'acme', settings }, 'PUT')
  await admin('gateways/default/routes', { org_id: 'acme', name: 'r', elements: elements('gpt-4o') })
  const route = { model: 'dynamic/r' }
  expect(await ask('hello there', route)).toBe('MISS answer 1')
  expect(await ask('hello, there', route)).toBe('MISS answer 2')
  await admin('gateways/default/routes/r/versions', { org_id: 'acme', elements: elements('gpt-4.1'), deploy: true })
  expect(await ask('hello there', route)).toBe('MISS answer 3')
})

test('what is more than text, or long, is compared exactly alone', async () => {
  const { ask } = await start({ embedder: { embed: async () => [1, 0] } })
  const image = (url: string) => [
    { type: 'text', text: 'what is this?' },
    { type: 'image_url', image_url: { url } },
  ]
  const found = [
    await ask(image('data:image/png;base64,AA==')),
    await ask(image('data:image/png;base64,AB==')),
    await ask('a'.repeat(1001)),
    await ask('b'.repeat(1001)),
  ]
  expect(found.map((said) => said.slice(0, 4))).toEqual(['MISS', 'MISS', 'MISS', 'MISS'])
})

test('an embedder that fails is a MISS', async () => {
  const { ask } = await start({ embedder: { embed: () => Promise.reject(new Error('It is down.')) } })
  expect([await ask('hello there'), await ask('hello, there'), await ask('hello there')]).toEqual([
    'MISS answer 1',
    'MISS answer 2',
    'HIT answer 1',
  ])
})
