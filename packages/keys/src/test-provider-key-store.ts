import type { KeyOwner, ProviderKey } from './provider-key.ts'
import type { ProviderKeyStore } from './provider-key-store.ts'
import type { TestRunner } from './test-runner.ts'

const keyOf = (id: string, change: Partial<ProviderKey> = {}): ProviderKey => ({
  id,
  level: 'org',
  orgId: 'acme',
  userId: null,
  tierId: null,
  providerId: 'openai',
  alias: 'default',
  name: `key ${id}`,
  weight: 1,
  lastFour: 'wxyz',
  sealed: { version: 'aaaaaaaa', dataKey: `key of ${id}`, text: `text of ${id}` },
  createdAt: 1,
  updatedAt: 1,
  disabledAt: null,
  rejection: null,
  ...change,
})

const acme: KeyOwner = { orgId: 'acme' }
const system: KeyOwner = { system: true }
const ofSystem = { level: 'system', orgId: null } as const

/**
 * The contract of every `ProviderKeyStore`. `create` returns an empty store; there are organisations `acme` and `other`,
 * users `alice` and `bob`, and tiers `FREE` and `BUSINESS`.
 */
export function testProviderKeyStore(create: () => Promise<ProviderKeyStore>, runner: TestRunner): void {
  testSearch(create, runner)
  testOwnership(create, runner)
  testChanges(create, runner)
  testSealed(create, runner)
}

function testSearch(create: () => Promise<ProviderKeyStore>, { test, expect }: TestRunner): void {
  const all = [
    keyOf('alice', { level: 'user', userId: 'alice' }),
    keyOf('bob', { level: 'user', userId: 'bob' }),
    keyOf('alice-elsewhere', { level: 'user', userId: 'alice', orgId: 'other' }),
    keyOf('acme', { disabledAt: 5 }),
    keyOf('acme-2', { alias: 'second', weight: 1000, rejection: { reason: 'auth', at: 1, until: 2 } }),
    keyOf('acme-mistral', { providerId: 'mistral' }),
    keyOf('other', { orgId: 'other' }),
    keyOf('free', { level: 'system_tier', orgId: null, tierId: 'FREE' }),
    keyOf('business', { level: 'system_tier', orgId: null, tierId: 'BUSINESS' }),
    keyOf('all', ofSystem),
    keyOf('all-mistral', { ...ofSystem, providerId: 'mistral' }),
  ]
  const searches: [userId: string | null, tierId: string | null, ids: string[]][] = [
    ['alice', 'FREE', ['acme', 'acme-2', 'alice', 'all', 'free']],
    ['bob', 'BUSINESS', ['acme', 'acme-2', 'all', 'bob', 'business']],
    [null, null, ['acme', 'acme-2', 'all']],
  ]
  for (const [userId, tierId, ids] of searches) {
    test(`finds the keys of all levels for user ${userId} of tier ${tierId}, and no others`, async () => {
      const store = await create()
      for (const key of all) await store.add(key)
      const found = await store.findFor({ providerId: 'openai', orgId: 'acme', userId, tierId })
      expect(sorted(found)).toEqual(all.filter(({ id }) => ids.includes(id)).toSorted(byId))
    })
  }

  test('finds nothing for a provider without keys', async () => {
    const store = await create()
    await store.add(keyOf('a'))
    expect(await store.findFor({ providerId: 'groq', orgId: 'acme', userId: null, tierId: null })).toEqual([])
  })
}

function testOwnership(create: () => Promise<ProviderKeyStore>, { test, expect }: TestRunner): void {
  test('each owner sees, changes and removes their own keys alone', async () => {
    const store = await create()
    const [ours, theirs, operators] = [keyOf('a'), keyOf('b', { orgId: 'other' }), keyOf('c', ofSystem)]
    for (const key of [ours, theirs, operators]) await store.add(key)

    const foreign: [KeyOwner, string][] = [
      [acme, 'b'],
      [acme, 'c'],
      [system, 'a'],
      [{ orgId: 'other' }, 'a'],
      [acme, 'none'],
    ]
    for (const [owner, id] of foreign) {
      expect(await store.find(owner, id)).toBe(undefined)
      expect(await store.update(owner, id, { name: 'taken', updatedAt: 9 })).toBe(false)
      expect(await store.remove(owner, id)).toBe(false)
    }
    expect(await store.find(acme, 'a')).toEqual(ours)
    expect(await store.find(system, 'c')).toEqual(operators)
    expect(await store.list({ orgId: 'other' })).toEqual([theirs])
    expect(await store.remove(system, 'c')).toBe(true)
    expect(await store.list(system)).toEqual([])
  })

  test('lists newest first', async () => {
    const store = await create()
    for (const [id, createdAt] of [
      ['a', 2],
      ['b', 3],
      ['c', 1],
    ] as const)
      await store.add(keyOf(id, { createdAt }))
    expect((await store.list(acme)).map(({ id }) => id)).toEqual(['b', 'a', 'c'])
  })

  const wrong: [string, Partial<ProviderKey>][] = [
    ['a user level without user', { level: 'user' }],
    ['a user level without organisation', { level: 'user', orgId: null, userId: 'alice' }],
    ['an organisation level without organisation', { orgId: null }],
    ['an organisation level with user', { userId: 'alice' }],
    ['a tier level without tier', { level: 'system_tier', orgId: null }],
    ['a system level with organisation', { level: 'system' }],
    ['a system level with tier', { ...ofSystem, tierId: 'FREE' }],
    ['a weight of zero', { weight: 0 }],
    ['a weight above 1000', { weight: 1001 }],
  ]
  for (const [title, change] of wrong) {
    test(`refuses ${title}`, async () => {
      const store = await create()
      expect(await fails(store.add(keyOf('a', change)))).toBe(true)
    })
  }

  test('refuses an id that is taken, by whomever', async () => {
    const store = await create()
    await store.add(keyOf('a'))
    expect(await fails(store.add(keyOf('a', ofSystem)))).toBe(true)
  })
}

function testChanges(create: () => Promise<ProviderKeyStore>, { test, expect }: TestRunner): void {
  const rejection = { reason: 'quota_exceeded', at: 10, until: 20 } as const

  test('changes what is given and leaves the rest', async () => {
    const store = await create()
    await store.add(keyOf('a', { rejection }))
    const change = { alias: 'other', name: 'new', weight: 7, disabledAt: 4, updatedAt: 5 }
    expect(await store.update(acme, 'a', change)).toBe(true)
    expect(await store.find(acme, 'a')).toEqual(keyOf('a', { rejection, ...change }))
    await store.update(acme, 'a', { disabledAt: null, updatedAt: 6 })
    expect(await store.find(acme, 'a')).toEqual(keyOf('a', { rejection, ...change, disabledAt: null, updatedAt: 6 }))
  })

  test('a new secret takes the mark of a rejection away', async () => {
    const store = await create()
    await store.add(keyOf('a', { rejection }))
    const secret = { sealed: { version: 'bbbbbbbb', dataKey: 'k', text: 't' }, lastFour: '1234' }
    await store.update(acme, 'a', { secret, updatedAt: 5 })
    expect(await store.find(acme, 'a')).toEqual(keyOf('a', { ...secret, updatedAt: 5 }))
  })

  test('marks a key and takes the mark away', async () => {
    const store = await create()
    await store.add(keyOf('a'))
    await store.add(keyOf('b'))
    await store.mark('a', rejection)
    await store.mark('none', rejection)
    expect(sorted(await store.list(acme))).toEqual([keyOf('a', { rejection }), keyOf('b')])
    await store.mark('a', null)
    expect(sorted(await store.list(acme))).toEqual([keyOf('a'), keyOf('b')])
  })
}

function testSealed(create: () => Promise<ProviderKeyStore>, { test, expect }: TestRunner): void {
  test('lists and counts the keys of all owners that have another master key', async () => {
    const store = await create()
    const sealed = { version: 'bbbbbbbb', dataKey: 'k', text: 't' }
    const others = [keyOf('a'), keyOf('c', { orgId: 'other' }), keyOf('d', ofSystem)]
    for (const key of [...others, keyOf('b', { sealed })]) await store.add(key)
    expect(await store.listOtherVersions('bbbbbbbb', 2)).toEqual(others.slice(0, 2))
    expect(await store.listOtherVersions('bbbbbbbb', 9)).toEqual(others)
    expect(await store.countOtherVersions('bbbbbbbb')).toBe(3)
    expect(await store.countOtherVersions('aaaaaaaa')).toBe(1)
  })

  test('replaces a sealed secret only where it still is the expected one', async () => {
    const store = await create()
    const key = keyOf('a')
    const { sealed } = key
    const anew = { ...sealed, version: 'bbbbbbbb', dataKey: 'new' }
    await store.add(key)
    for (const change of [{ version: 'cccccccc' }, { dataKey: 'other' }, { text: 'other' }]) {
      expect(await store.replaceSealed('a', { ...sealed, ...change }, anew)).toBe(false)
    }
    expect(await store.replaceSealed('none', sealed, anew)).toBe(false)
    expect(await store.find(acme, 'a')).toEqual(key)
    expect(await store.replaceSealed('a', sealed, anew)).toBe(true)
    expect(await store.find(acme, 'a')).toEqual({ ...key, sealed: anew })
  })
}

function byId(a: ProviderKey, b: ProviderKey): number {
  return a.id < b.id ? -1 : 1
}

function sorted(keys: readonly ProviderKey[]): ProviderKey[] {
  return keys.toSorted(byId)
}

async function fails(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => false,
    () => true,
  )
}
