import { createMemoryKeyStore, hashGatewayKey, type GatewayKey } from '@gw/keys'
import { expect, test } from 'vitest'
import { authenticate } from './authenticate.ts'

const now = 1000

async function callerOf(change: Partial<GatewayKey>, secret: string | undefined) {
  const key: GatewayKey = {
    id: 'k',
    orgId: 'acme',
    userId: 'alice',
    name: 'k',
    hash: await hashGatewayKey('gw_new'),
    lastFour: '_new',
    createdAt: 0,
    revokedAt: null,
    expiresAt: null,
    scopes: {},
    lastUsedAt: null,
    previousHash: await hashGatewayKey('gw_old'),
    previousUntil: now + 1,
    ...change,
  }
  const http = new Request('https://gw.test/v1/chat/completions', {
    headers: secret === undefined ? {} : { authorization: `Bearer ${secret}` },
  })
  return authenticate(http, new URL(http.url), { keys: createMemoryKeyStore([key]), now: () => now })
}

test('a caller has the key, its owner and its scopes', async () => {
  const scopes = { models: ['openai/*'] }
  const caller = { gatewayKeyId: 'k', orgId: 'acme', userId: 'alice', scopes }
  expect(await callerOf({ scopes, expiresAt: now + 1 }, 'gw_new')).toEqual(caller)
})

test('the old secret of a rotated key makes the same caller until its time', async () => {
  expect(await callerOf({}, 'gw_old')).toEqual(await callerOf({}, 'gw_new'))
  await expect(callerOf({ previousUntil: now }, 'gw_old')).rejects.toMatchObject({ code: 'unauthenticated' })
})

test.each<{ title: string; change?: Partial<GatewayKey>; secret?: string; message: RegExp }>([
  { title: 'no key', message: /^Missing gateway key\. Send / },
  { title: 'an unknown key', secret: 'gw_other', message: /^Unknown gateway key\./ },
  { title: 'a revoked key', change: { revokedAt: 5 }, secret: 'gw_new', message: /^This gateway key was revoked\./ },
  { title: 'an expired key', change: { expiresAt: now }, secret: 'gw_new', message: /^This gateway key has expired\./ },
])('$title is refused in clear words', async ({ change = {}, secret, message }) => {
  await expect(callerOf(change, secret)).rejects.toMatchObject({
    code: 'unauthenticated',
    message: expect.stringMatching(message),
  })
})
