import type { TestRunner } from '@gw/keys/testing'
import type { Invitation, SignInStore, StoredSession } from './sign-in-store.ts'

/** The contract of every `SignInStore`. `create` returns an empty one; the users `alice` and `bob` exist. */
export function testSignInStore(create: () => Promise<SignInStore>, runner: TestRunner): void {
  testSignIns(create, runner)
  testSessions(create, runner)
  testInvitations(create, runner)
}

function testSignIns(create: () => Promise<SignInStore>, { test, expect }: TestRunner): void {
  test('keeps how a user signs in, and knows whether anybody does', async () => {
    const store = await create()
    expect([await store.isEmpty(), await store.find('alice')]).toEqual([true, undefined])
    const signIn = { userId: 'alice', passwordHash: 'p', isOperator: false }
    await store.save(signIn, 1)
    await store.save({ ...signIn, passwordHash: null, isOperator: true }, 2)
    expect([await store.isEmpty(), await store.find('alice')]).toEqual([
      false,
      { userId: 'alice', passwordHash: null, isOperator: true },
    ])
  })

  test('of two who would be the first, one is', async () => {
    const store = await create()
    const first = ['alice', 'bob'].map((userId) => store.saveFirst({ userId, passwordHash: 'p', isOperator: true }, 1))
    expect((await Promise.all(first)).filter(Boolean).length).toBe(1)
    expect(await store.saveFirst({ userId: 'bob', passwordHash: 'p', isOperator: true }, 2)).toBe(false)
  })
}

const session = (id: string, change: Partial<StoredSession> = {}): StoredSession => ({
  id,
  userId: 'alice',
  tokenHash: `hash-${id}`,
  previousHash: null,
  csrfToken: 'c',
  createdAt: 1,
  rotatedAt: 1,
  expiresAt: 100,
  ...change,
})

function testSessions(create: () => Promise<SignInStore>, { test, expect }: TestRunner): void {
  test('finds a session by its token and by the one before, and rotates it once', async () => {
    const store = await create()
    const one = session('s')
    await store.addSession(one)
    const to = { tokenHash: 'new', previousHash: one.tokenHash, at: 5 }
    const both = await Promise.all([store.rotateSession(one, to), store.rotateSession(one, to)])
    expect(both.filter(Boolean).length).toBe(1)
    const rotated = { ...one, tokenHash: 'new', previousHash: one.tokenHash, rotatedAt: 5 }
    expect(await store.findSession('new')).toEqual(rotated)
    expect(await store.findSession(one.tokenHash)).toEqual(rotated)
    expect(await store.findSession('nothing')).toBe(undefined)
  })

  test("ends a user's sessions but one, the operator's, and what has expired", async () => {
    const store = await create()
    const others = [session('b', { userId: 'bob', expiresAt: 50 }), session('o', { userId: null })]
    for (const one of [session('s'), session('t'), ...others]) await store.addSession(one)
    const left = async () => {
      const all = await Promise.all(['s', 't', 'b', 'o'].map((id) => store.findSession(`hash-${id}`)))
      return all.flatMap((one) => one?.id ?? []).join('')
    }
    await store.removeSessions('alice', 't')
    expect(await left()).toBe('tbo')
    await store.removeSessions(null)
    expect(await left()).toBe('tb')
    await store.removeExpired(50)
    expect(await left()).toBe('t')
    await store.removeSession('t')
    expect(await left()).toBe('')
  })
}

function testInvitations(create: () => Promise<SignInStore>, { test, expect }: TestRunner): void {
  const invitation = (id: string, userId = 'alice'): Invitation => ({
    id,
    userId,
    tokenHash: `hash-${id}`,
    createdAt: 1,
    expiresAt: 100,
  })

  test('an invitation is used once, in its time', async () => {
    const store = await create()
    for (const id of ['i', 'j']) await store.addInvitation(invitation(id))
    const both = await Promise.all([store.useInvitation('hash-i', 99), store.useInvitation('hash-i', 99)])
    expect(both.filter(Boolean)).toEqual([invitation('i')])
    expect(await store.useInvitation('hash-j', 100)).toBe(undefined)
  })

  test("a user's invitations are removed, and nobody else's", async () => {
    const store = await create()
    for (const one of [invitation('i'), invitation('j', 'bob')]) await store.addInvitation(one)
    await store.removeInvitations('alice')
    expect(await store.useInvitation('hash-i', 2)).toBe(undefined)
    expect(await store.useInvitation('hash-j', 2)).toEqual(invitation('j', 'bob'))
  })
}
