import { createGatewayKey, createMemoryKeyStore } from '@gw/keys'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { startMemoryGateway } from '../__fixtures__/memory-gateway.ts'
import { createMemoryGatewayStore } from '../gateways/create-memory-gateway-store.ts'
import { createCacheKey, createPlaceKey, type CacheScope, type CacheSubject } from './create-cache-key.ts'

/** Few and awkward words, so that two of them are often the same, or the same when put together. */
const word = fc.constantFrom('', 'a', 'b', 'ab', 'a\u0000', 'é', '["a"]', 'a,b', '1')
const scope: fc.Arbitrary<CacheScope> = fc.record({
  orgId: word,
  gatewayId: word,
  generation: fc.integer({ min: 0, max: 2 }),
  secrets: fc.array(word, { maxLength: 3 }),
  userId: fc.option(word),
})
const subject: fc.Arbitrary<CacheSubject> = fc.record({
  surface: word,
  form: fc.array(word, { maxLength: 3 }),
  content: fc.oneof(fc.record({ identity: fc.array(word, { maxLength: 3 }) }), fc.record({ customKey: word })),
})

test('two requests have one key exactly where scope and subject are the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(scope, subject, scope, subject), async ([scopeA, subjectA, scopeB, subjectB]) => {
      const [one, other] = [await createCacheKey(scopeA, subjectA), await createCacheKey(scopeB, subjectB)]
      const isSame = JSON.stringify([scopeA, subjectA]) === JSON.stringify([scopeB, subjectB])
      expect(one.variant === other.variant).toBe(isSame)
    }),
    { numRuns: 2000 },
  )
})

test('a custom key has one place for each gateway and generation, which no other request has', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(scope, subject, scope, word), async ([scopeA, subjectA, scopeB, customKey]) => {
      const key = await createCacheKey(scopeA, subjectA)
      const place = await createPlaceKey(scopeB, customKey)
      const tenantOf = ({ orgId, gatewayId, generation }: CacheScope) => JSON.stringify([orgId, gatewayId, generation])
      const isMeant =
        'customKey' in subjectA.content &&
        subjectA.content.customKey === customKey &&
        tenantOf(scopeA) === tenantOf(scopeB)
      expect(key.place === place.place).toBe(isMeant)
    }),
    { numRuns: 1000 },
  )
})

interface Asking {
  org: string
  gateway: string
  secret: string | undefined
  customKey: string | undefined
}

test('the cache never crosses tenants: what a caller gets was made for their organisation, gateway and secret', async () => {
  const orgs = ['acme', 'other']
  const gateways = ['default', 'team']
  const keys = await Promise.all(
    orgs.map((orgId) => createGatewayKey({ id: `k-${orgId}`, orgId, secret: `gw_${orgId}`, name: orgId })),
  )
  const asking: fc.Arbitrary<Asking> = fc.record({
    org: fc.constantFrom(...orgs),
    gateway: fc.constantFrom(...gateways),
    secret: fc.constantFrom(undefined, 'sk-one', 'sk-two'),
    customKey: fc.constantFrom(undefined, 'k1', 'k2'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(asking, { minLength: 2, maxLength: 12 }), async (requests) => {
      let calls = 0
      const { app, rows } = await startMemoryGateway(
        async () => Response.json({ id: (calls += 1), choices: [], usage: { total_tokens: 0 } }),
        {
          keys: createMemoryKeyStore(keys),
          gateways: createMemoryGatewayStore(
            orgs.flatMap((orgId) => gateways.map((id) => ({ orgId, id, settings: { cache_ttl: 60 } }))),
          ),
        },
      )
      const madeFor = new Map<string, string>()
      for (const { org, gateway, secret, customKey } of requests) {
        const response = await app.request('/v1/chat/completions', {
          method: 'POST',
          headers: {
            'cf-aig-authorization': `gw_${org}`,
            'cf-aig-gateway-id': gateway,
            'content-type': 'application/json',
            ...(secret && { authorization: `Bearer ${secret}` }),
            ...(customKey && { 'cf-aig-cache-key': customKey }),
          },
          body: '{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"same"}]}',
        })
        const text = await response.text()
        const owner = JSON.stringify([org, gateway, secret, customKey])
        const isHit = response.headers.get('cf-aig-cache-status') === 'HIT'
        expect(madeFor.get(text) ?? owner).toBe(owner)
        expect(isHit).toBe(madeFor.has(text))
        madeFor.set(text, owner)
      }
      expect(new Set(madeFor.values()).size).toBe(calls)
      expect(rows.map(({ org_id }) => org_id)).toEqual(requests.map(({ org }) => org))
    }),
    { numRuns: 60 },
  )
})
