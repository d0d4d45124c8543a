import type { TestRunner } from '@gw/keys/testing'
import type { UserStore } from './user-store.ts'

/** The contract of every `UserStore`. `create` returns an empty one; tier `FREE` exists. */
export function testUserStore(create: () => Promise<UserStore>, { test, expect }: TestRunner): void {
  const alice = { id: 'alice', email: 'Alice@Example.com', name: 'Alice', tierId: null, createdAt: 1 }
  const bob = { id: 'bob', email: 'bob@example.com', name: 'Bob', tierId: 'FREE', createdAt: 0 }
  const outcomeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'done').catch(() => 'refused')

  test('finds users by id and by address, whatever its case', async () => {
    const store = await create()
    await store.add(bob)
    await store.add(alice)
    expect(await store.find('bob')).toEqual(bob)
    expect(await store.findByEmail('alice@EXAMPLE.com')).toEqual(alice)
    expect(await store.list()).toEqual([alice, bob])
  })

  test('changes what is given', async () => {
    const store = await create()
    await store.add(alice)
    expect(await store.update('alice', { tierId: 'FREE' })).toBe(true)
    expect(await store.update('alice', { email: 'ALICE@example.com' })).toBe(true)
    expect(await store.update('alice', {})).toBe(true)
    expect(await store.find('alice')).toEqual({ ...alice, tierId: 'FREE', email: 'ALICE@example.com' })
    await store.update('alice', { tierId: null, name: 'A.' })
    expect(await store.find('alice')).toEqual({ ...alice, name: 'A.', email: 'ALICE@example.com' })
  })

  test('an id and an address belong to one user', async () => {
    const store = await create()
    await store.add(alice)
    await store.add(bob)
    expect(await outcomeOf(store.add({ ...bob, email: 'other@example.com' }))).toBe('refused')
    expect(await outcomeOf(store.add({ ...bob, id: 'carol', email: 'BOB@example.com' }))).toBe('refused')
    expect(await outcomeOf(store.update('bob', { email: 'alice@example.com' }))).toBe('refused')
    expect(await store.list()).toEqual([alice, bob])
  })

  test('removes a user, and says what is not there', async () => {
    const store = await create()
    await store.add(alice)
    expect(await store.remove('alice')).toBe(true)
    expect(await store.remove('alice')).toBe(false)
    expect(await store.find('alice')).toBe(undefined)
    expect(await store.findByEmail('alice@example.com')).toBe(undefined)
    expect(await store.update('alice', { name: 'x' })).toBe(false)
  })
}
