import type { TestRunner } from '@gw/keys/testing'
import type { OrgStore } from './org-store.ts'

/** The contract of every `OrgStore`. `create` returns one without organisations `a` and `b`; tiers `FREE` and `BUSINESS` exist. */
export function testOrgStore(create: () => Promise<OrgStore>, { test, expect }: TestRunner): void {
  const a = { id: 'a', name: 'A', tierId: 'FREE', createdAt: 1 }
  const b = { id: 'b', name: 'B', tierId: 'BUSINESS', createdAt: 0 }

  test('finds and lists organisations', async () => {
    const store = await create()
    await store.add(b)
    await store.add(a)
    expect(await store.find('a')).toEqual(a)
    expect((await store.list()).filter(({ id }) => id === 'a' || id === 'b')).toEqual([a, b])
  })

  test('changes what is given', async () => {
    const store = await create()
    await store.add(a)
    expect(await store.update('a', { tierId: 'BUSINESS' })).toBe(true)
    expect(await store.update('a', { name: 'New' })).toBe(true)
    expect(await store.update('a', {})).toBe(true)
    expect(await store.find('a')).toEqual({ ...a, tierId: 'BUSINESS', name: 'New' })
  })

  test('says what is not there, and refuses an id that is taken', async () => {
    const store = await create()
    expect(await store.find('a')).toBe(undefined)
    expect(await store.update('a', { name: 'New' })).toBe(false)
    await store.add(a)
    const again = store.add({ ...b, id: 'a' })
    expect(await again.then(() => 'added').catch(() => 'refused')).toBe('refused')
  })
}
