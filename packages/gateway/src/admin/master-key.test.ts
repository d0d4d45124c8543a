import { createMemoryProviderKeyStore } from '@gw/keys'
import { expect, test } from 'vitest'
import { createMemoryOrgStore } from '../people/create-memory-org-store.ts'
import { refused, startAdmin, vaultOf } from './__fixtures__/start-admin.ts'

const key = { provider: 'openai', level: 'org', key: 'sk-stored' }

/** A store with three keys that were sealed with the master key of the byte 1. */
async function threeKeys() {
  const providerKeys = createMemoryProviderKeyStore()
  const { post } = await startAdmin({ control: { providerKeys } })
  for (let count = 0; count < 3; count++) await post('provider-keys', key)
  return providerKeys
}

test('rotates in steps, and says what remains', async () => {
  const providerKeys = await threeKeys()
  const vault = vaultOf(2, 1)
  const { get, post } = await startAdmin({ control: { providerKeys, vault } })
  expect((await get('master-key')).body).toEqual({ version: vault.version, other_versions: 3 })
  expect((await post('master-key/rotate', { limit: 2 })).body).toEqual({ rewrapped: 2, remaining: 1, unreadable: [] })
  expect((await post('master-key/rotate')).body).toEqual({ rewrapped: 1, remaining: 0, unreadable: [] })
  expect((await get('master-key')).body).toEqual({ version: vault.version, other_versions: 0 })
  expect(await post('master-key/rotate', { limit: 0 })).toMatchObject(refused(400, 'invalid_request', 'limit: '))
})

test('keys whose master key is not configured are named', async () => {
  const providerKeys = await threeKeys()
  const { post } = await startAdmin({ control: { providerKeys, vault: vaultOf(2) } })
  const { body } = await post('master-key/rotate')
  const ids = (await providerKeys.list({ orgId: 'default' })).map(({ id }) => id)
  expect(body).toEqual({ rewrapped: 0, remaining: 3, unreadable: expect.arrayContaining(ids) })
})

test('the gateway is ready without stored keys, and with those that it can open', async () => {
  const none = await startAdmin({ control: { vault: undefined } })
  expect([(await none.app.request('/ready')).status, (await none.get('/ready')).body]).toEqual([200, { status: 'ok' }])
  const providerKeys = await threeKeys()
  for (const vault of [vaultOf(1), vaultOf(2, 1)]) {
    const { get } = await startAdmin({ control: { providerKeys, vault } })
    expect((await get('/ready')).body).toEqual({ status: 'ok' })
  }
})

test('the gateway is not ready with another master key, or none, and says what to set', async () => {
  const providerKeys = await threeKeys()
  const stored = `3 stored provider keys need the master key of version ${vaultOf(1).version}`
  for (const [vault, words] of [
    [vaultOf(2), `${stored}, and GW_MASTER_KEY has version ${vaultOf(2).version}. Set GW_MASTER_KEY to the key`],
    [undefined, `${stored}, and GW_MASTER_KEY is not set. Set GW_MASTER_KEY to the key`],
  ] as const) {
    const { get } = await startAdmin({ control: { providerKeys, vault } })
    expect(await get('/ready')).toMatchObject({
      status: 503,
      body: {
        status: 'failing',
        checks: [
          { name: 'database', ok: true },
          { name: 'master_key', ok: false, message: expect.stringContaining(words) },
        ],
      },
    })
  }
})

test('the gateway is not ready while its database does not answer', async () => {
  const orgs = { ...createMemoryOrgStore(), find: () => Promise.reject(new Error('no such table: orgs')) }
  const { get, reports } = await startAdmin({ control: { orgs } })
  const { status, body, text } = await get('/ready')
  expect([status, body]).toMatchObject([503, { checks: [{ name: 'database', ok: false }] }])
  expect(text).not.toContain('no such table')
  expect(reports).toHaveLength(1)
})
