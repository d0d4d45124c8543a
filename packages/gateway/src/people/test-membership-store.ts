import type { TestRunner } from '@gw/keys/testing'
import type { Membership, MembershipStore } from './membership-store.ts'

/** The contract of every `MembershipStore`. `create` returns an empty one; `acme`, `other`, `alice` and `bob` exist. */
export function testMembershipStore(create: () => Promise<MembershipStore>, { test, expect }: TestRunner): void {
  const member = (orgId: string, userId: string, role: Membership['role'] = 'member'): Membership => ({
    orgId,
    userId,
    role,
    createdAt: 1,
  })
  const all = [member('acme', 'alice', 'owner'), member('acme', 'bob'), member('other', 'alice', 'viewer')]
  const filled = async (): Promise<MembershipStore> => {
    const store = await create()
    for (const one of all.toReversed()) await store.add(one)
    return store
  }

  test('an organisation sees its members, and a user where they belong to', async () => {
    const store = await filled()
    expect(await store.find('other', 'alice')).toEqual(all[2])
    expect(await store.find('other', 'bob')).toBe(undefined)
    expect(await store.list('acme')).toEqual(all.slice(0, 2))
    expect(await store.list('nobody')).toEqual([])
    expect(await store.listOfUser('alice')).toEqual([all[0], all[2]])
  })

  test('changes and ends a membership in one organisation alone', async () => {
    const store = await filled()
    expect(await store.update('acme', 'bob', { role: 'owner' })).toBe(true)
    expect(await store.update('acme', 'alice', { role: 'admin' })).toBe(true)
    expect(await store.listOfUser('alice')).toEqual([member('acme', 'alice', 'admin'), all[2]])
    expect(await store.remove('acme', 'alice')).toBe(true)
    expect(await store.listOfUser('alice')).toEqual([all[2]])
    expect(await store.list('acme')).toEqual([member('acme', 'bob', 'owner')])
  })

  test('the last owner stays one, also of two who leave at once', async () => {
    const store = await filled()
    expect(await store.remove('acme', 'alice')).toBe(false)
    expect(await store.update('acme', 'alice', { role: 'viewer' })).toBe(false)
    expect(await store.update('acme', 'alice', { role: 'owner' })).toBe(true)
    await store.update('acme', 'bob', { role: 'owner' })
    const both = await Promise.all([store.remove('acme', 'alice'), store.update('acme', 'bob', { role: 'admin' })])
    expect(both.filter(Boolean).length).toBe(1)
    expect((await store.list('acme')).filter(({ role }) => role === 'owner').length).toBe(1)
  })

  test('says what is not there, and nobody is a member twice', async () => {
    const store = await filled()
    expect(await store.update('other', 'bob', { role: 'owner' })).toBe(false)
    expect(await store.remove('other', 'bob')).toBe(false)
    const again = store.add(member('acme', 'bob', 'owner'))
    expect(await again.then(() => 'added').catch(() => 'refused')).toBe('refused')
    expect(await store.find('acme', 'bob')).toEqual(all[1])
  })
}
