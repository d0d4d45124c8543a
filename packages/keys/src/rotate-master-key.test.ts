import { expect, test } from 'vitest'
import { vaultOf } from './__fixtures__/test-vault.ts'
import { createMemoryProviderKeyStore } from './create-memory-provider-key-store.ts'
import type { ProviderKey } from './provider-key.ts'
import type { ProviderKeyStore } from './provider-key-store.ts'
import { rotateMasterKey } from './rotate-master-key.ts'
import { Secret } from './secret.ts'
import type { Vault } from './vault.ts'

const contextOf = ({ id, orgId, providerId }: Pick<ProviderKey, 'id' | 'orgId' | 'providerId'>) => ({
  orgId,
  providerId,
  recordId: id,
})

async function keyOf(id: string, vault: Vault, orgId: string | null = 'acme'): Promise<ProviderKey> {
  const key = { id, orgId, providerId: 'openai' }
  return {
    ...key,
    level: orgId === null ? 'system' : 'org',
    userId: null,
    tierId: null,
    alias: 'default',
    name: id,
    weight: 1,
    lastFour: 'wxyz',
    sealed: await vault.seal(new Secret(`sk-${id}`), contextOf(key)),
    createdAt: 1,
    updatedAt: 1,
    disabledAt: null,
    rejection: null,
  }
}

async function secretsOf(store: ProviderKeyStore, vault: Vault): Promise<string[]> {
  const keys = [...(await store.list({ orgId: 'acme' })), ...(await store.list({ system: true }))]
  const secrets = await Promise.all(keys.map(async (key) => (await vault.open(key.sealed, contextOf(key))).reveal()))
  return secrets.toSorted()
}

const all = ['sk-a', 'sk-b', 'sk-c', 'sk-d', 'sk-e']

async function fiveKeys(vault: Vault): Promise<ProviderKeyStore> {
  const keys = ['a', 'b', 'c', 'd'].map((id) => keyOf(id, vault))
  return createMemoryProviderKeyStore(await Promise.all([...keys, keyOf('e', vault, null)]))
}

test('step by step every key gets the new master key, and opens without the old one', async () => {
  const store = await fiveKeys(vaultOf(1))
  const vault = vaultOf(2, 1)
  expect(await rotateMasterKey({ store, vault, limit: 2 })).toEqual({ rewrapped: 2, remaining: 3, unreadable: [] })
  expect(await secretsOf(store, vault)).toEqual(all)
  expect(await rotateMasterKey({ store, vault, limit: 2 })).toEqual({ rewrapped: 2, remaining: 1, unreadable: [] })
  expect(await rotateMasterKey({ store, vault, limit: 2 })).toEqual({ rewrapped: 1, remaining: 0, unreadable: [] })
  expect(await rotateMasterKey({ store, vault, limit: 2 })).toEqual({ rewrapped: 0, remaining: 0, unreadable: [] })
  expect(await secretsOf(store, vaultOf(2))).toEqual(all)
})

test('keys that cannot be read are named, and hold up none of the others', async () => {
  const store = await fiveKeys(vaultOf(1))
  for (const id of ['0-lost', '1-lost', '2-lost']) await store.add(await keyOf(id, vaultOf(9)))
  const moved = await keyOf('elsewhere', vaultOf(1))
  await store.add({ ...moved, id: '3-moved' })
  const vault = vaultOf(2, 1)
  const unreadable = ['0-lost', '1-lost', '2-lost', '3-moved']
  expect(await rotateMasterKey({ store, vault, limit: 2 })).toEqual({ rewrapped: 2, remaining: 7, unreadable })
  expect(await rotateMasterKey({ store, vault, limit: 9 })).toEqual({ rewrapped: 3, remaining: 4, unreadable })
})

test('two rotations at the same time wrap each key once', async () => {
  const store = await fiveKeys(vaultOf(1))
  const vault = vaultOf(2, 1)
  const steps = await Promise.all([1, 2, 3].map(() => rotateMasterKey({ store, vault, limit: 9 })))
  expect(steps.reduce((sum, { rewrapped }) => sum + rewrapped, 0)).toBe(5)
  expect(await secretsOf(store, vaultOf(2))).toEqual(all)
})

test('a secret that is replaced meanwhile stays', async () => {
  const store = await fiveKeys(vaultOf(1))
  const vault = vaultOf(2, 1)
  const replaced = await vault.seal(new Secret('sk-z'), { orgId: 'acme', providerId: 'openai', recordId: 'a' })
  const racing: ProviderKeyStore = {
    ...store,
    replaceSealed: async (id, expected, sealed) => {
      const secret = { sealed: replaced, lastFour: 'sk-z' }
      if (id === 'a') await store.update({ orgId: 'acme' }, 'a', { secret, updatedAt: 2 })
      return store.replaceSealed(id, expected, sealed)
    },
  }
  expect(await rotateMasterKey({ store: racing, vault, limit: 9 })).toMatchObject({ rewrapped: 4, remaining: 0 })
  expect(await secretsOf(store, vaultOf(2))).toEqual([...all.slice(1), 'sk-z'])
})

test('a crash in the middle leaves every key readable, and the next step goes on', async () => {
  const store = await fiveKeys(vaultOf(1))
  const vault = vaultOf(2, 1)
  let writes = 0
  const crashing: ProviderKeyStore = {
    ...store,
    replaceSealed: async (id, expected, sealed) => {
      writes += 1
      if (writes === 3) throw new Error('The isolate is gone.')
      return store.replaceSealed(id, expected, sealed)
    },
  }
  await expect(rotateMasterKey({ store: crashing, vault, limit: 9 })).rejects.toThrow('The isolate is gone.')
  expect(await secretsOf(store, vault)).toEqual(all)
  expect(await rotateMasterKey({ store, vault, limit: 9 })).toEqual({ rewrapped: 3, remaining: 0, unreadable: [] })
  expect(await secretsOf(store, vaultOf(2))).toEqual(all)
})
