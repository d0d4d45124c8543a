import type { TestRunner } from '@gw/keys/testing'
import type { SealedRecord, SealedSecretStore } from './sealed-secret-store.ts'

/** The contract of every `SealedSecretStore`. `create` returns an empty store. */
export function testSealedSecretStore(create: () => Promise<SealedSecretStore>, { test, expect }: TestRunner): void {
  const recordOf = (id: string, version: string, orgId: string | null = 'acme'): SealedRecord => ({
    id,
    orgId,
    purpose: 'alert-channel',
    sealed: { version, dataKey: `key of ${id}`, text: `text of ${id}` },
  })

  test('a secret is found by its organisation alone, and can be replaced and removed', async () => {
    const store = await create()
    await store.put(recordOf('a', 'v1'))
    await store.put(recordOf('b', 'v1', null))
    expect(await store.find('acme', 'a')).toEqual(recordOf('a', 'v1'))
    expect(await store.find('other', 'a')).toBe(undefined)
    expect(await store.find(null, 'a')).toBe(undefined)
    expect(await store.find(null, 'b')).toEqual(recordOf('b', 'v1', null))
    await store.put(recordOf('a', 'v2'))
    expect(await store.find('acme', 'a')).toEqual(recordOf('a', 'v2'))
    await store.remove('other', 'a')
    expect(await store.find('acme', 'a')).toEqual(recordOf('a', 'v2'))
    await store.remove('acme', 'a')
    expect(await store.find('acme', 'a')).toBe(undefined)
  })

  test('those of another master key are listed, counted, and replaced where nobody was quicker', async () => {
    const store = await create()
    for (const id of ['c', 'a', 'b']) await store.put(recordOf(id, id === 'b' ? 'new' : 'old'))
    expect((await store.listOtherVersions('new', 10)).map(({ id }) => id)).toEqual(['a', 'c'])
    expect((await store.listOtherVersions('new', 1)).map(({ id }) => id)).toEqual(['a'])
    expect(await store.countOtherVersions('new')).toBe(2)
    const { sealed } = recordOf('a', 'old')
    const anew = { ...sealed, version: 'new', dataKey: 'other' }
    expect(await store.replaceSealed('a', { ...sealed, text: 'changed' }, anew)).toBe(false)
    expect(await store.replaceSealed('a', sealed, anew)).toBe(true)
    expect(await store.countOtherVersions('new')).toBe(1)
  })
}
