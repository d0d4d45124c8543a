import { createMemoryAnswerCache, createCaching } from '@gw/gateway'
import { expect, test } from 'vitest'
import { createSemanticCache } from '../src/create-semantic-cache.ts'
import { keysOf } from './keys-of.ts'
import { startGateway } from './start-gateway.ts'

interface Stored {
  id: string
  namespace?: string
  values: number[]
  metadata?: Record<string, unknown>
}

/** Vectorize as far as the gateway uses it; it finds everything of a namespace, whatever the filter says. */
function createVectors() {
  const stored: Stored[] = []
  const queries: unknown[] = []
  const vectors = {
    query: async (_: unknown, options: { namespace?: string }) => {
      queries.push(options)
      const matches = stored
        .filter(({ namespace }) => namespace === options.namespace)
        .map(({ id, metadata }) => ({ id, score: 0.99, metadata }))
      return { matches, count: matches.length }
    },
    upsert: async (entries: Stored[]) => {
      stored.push(...entries)
      return { mutationId: 'm' }
    },
    deleteByIds: async () => ({ mutationId: 'm' }),
  }
  return { stored, queries, vectors: vectors as unknown as Vectorize } // oxlint-disable-line typescript/no-unsafe-type-assertion -- a fake of the methods that are used
}

test('Workers AI embeds with the operator’s token, and Vectorize finds within organisation and partition alone', async () => {
  const { stored, queries, vectors } = createVectors()
  const embedded: { url: string; token: string | null; body: unknown }[] = []
  const gateway = await startGateway((deps) => ({
    keyResolver: keysOf({ CLOUDFLARE_API_TOKEN: 'token', OPENAI_API_KEY: 'sk' }),
    cache: createCaching({
      answers: createMemoryAnswerCache({ now: Date.now }),
      ...withSemantic(createSemanticCache({ VECTORIZE: vectors })),
    }),
    fetch: async (request) => {
      if (!request.url.includes('bge-base-en-v1.5')) return deps.fetch(request)
      embedded.push({ url: request.url, token: request.headers.get('authorization'), body: await request.json() })
      return Response.json({ success: true, result: { shape: [1, 2], data: [[0.6, 0.8]] } })
    },
  }))
  const id = `g-${crypto.randomUUID()}`
  await gateway.deps.gateways.save(
    { orgId: 'default', id, settings: { cache_ttl: 60, semantic_cache: {} } },
    Date.now(),
  )
  const ask = async (text: string, change: object = {}) => {
    const body = { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: text }], ...change }
    const response = await gateway.post('/v1/chat/completions', body, { 'cf-aig-gateway-id': id })
    await response.text()
    return [response.headers.get('cf-aig-cache-status'), response.headers.get('gw-warnings')]
  }
  expect(await ask('hello there')).toEqual(['MISS', null])
  expect(await ask('hello, there')).toEqual(['HIT', 'semantic'])
  expect(await ask('hello, there', { temperature: 0.5 })).toEqual(['MISS', null])
  expect(embedded[0]).toEqual({
    url: 'http://simulator.test/workers-ai/client/v4/accounts/acc/ai/run/@cf/baai/bge-base-en-v1.5',
    token: 'Bearer token',
    body: { text: ['hello there'] },
  })
  expect(queries[0]).toMatchObject({ namespace: 'default', filter: { partition: stored[0]?.metadata?.['partition'] } })
  expect(stored.map(({ namespace, values, id: variant }) => [namespace, values, variant.length])).toEqual([
    ['default', [0.6, 0.8], 64],
    ['default', [0.6, 0.8], 64],
  ])
})

const withSemantic = (semantic: ReturnType<typeof createSemanticCache>) => (semantic ? { semantic } : {})
