import { describe, expect, test, vi } from 'vitest'
import { createMemoryMembershipStore } from './create-memory-membership-store.ts'
import { createMemoryOrgStore } from './create-memory-org-store.ts'
import { createMemoryTierStore } from './create-memory-tier-store.ts'
import { createMemoryUserStore } from './create-memory-user-store.ts'
import { testMembershipStore } from './test-membership-store.ts'
import { testOrgStore } from './test-org-store.ts'
import { testTierStore } from './test-tier-store.ts'
import { testUserStore } from './test-user-store.ts'

const runner = { test, expect }

describe('tiers in memory', () => {
  testTierStore(async () => createMemoryTierStore(), runner)

  test('a tier that somebody has stays', async () => {
    const store = createMemoryTierStore(undefined, async (id) => id === 'FREE')
    expect([await store.remove('FREE'), await store.remove('PERSONAL')]).toEqual(['in_use', 'removed'])
    expect(await store.find('FREE')).toBeDefined()
  })
})

describe('organisations in memory', () => {
  testOrgStore(async () => createMemoryOrgStore(), runner)
})

describe('memberships in memory', () => {
  testMembershipStore(async () => createMemoryMembershipStore(), runner)
})

describe('users in memory', () => {
  testUserStore(async () => createMemoryUserStore(), runner)

  test('what belongs to a user who is removed goes along', async () => {
    const forget = vi.fn<(id: string) => Promise<void>>()
    const store = createMemoryUserStore([{ id: 'a', email: 'a@b.c', name: 'A', tierId: null, createdAt: 0 }], forget)
    await store.remove('none')
    await store.remove('a')
    expect(forget.mock.calls).toEqual([['a']])
  })
})
