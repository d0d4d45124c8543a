import type { TestRunner } from '@gw/keys/testing'
import type { TierStore } from './tier-store.ts'

/** The contract of every `TierStore`. `create` returns one with the four tiers that a gateway begins with. */
export function testTierStore(create: () => Promise<TierStore>, { test, expect }: TestRunner): void {
  const custom = { id: 'CUSTOM', name: 'Custom', requestsPerDay: 5, requestsPerMinute: 6, tokensPerMinute: 7 }
  const unlimited = { requestsPerMinute: null, tokensPerMinute: null }

  test('begins with four tiers', async () => {
    const store = await create()
    expect(await store.list()).toEqual([
      { id: 'BUSINESS', name: 'Business', requestsPerDay: null, ...unlimited },
      { id: 'FREE', name: 'Free', requestsPerDay: 10, ...unlimited },
      { id: 'PERSONAL', name: 'Personal', requestsPerDay: 100, ...unlimited },
      { id: 'PROFESSIONAL', name: 'Professional', requestsPerDay: 1000, ...unlimited },
    ])
  })

  test('adds, changes what is given, and removes', async () => {
    const store = await create()
    await store.add(custom)
    expect(await store.find('CUSTOM')).toEqual(custom)
    expect(await store.update('CUSTOM', { requestsPerDay: null, name: 'New' })).toBe(true)
    expect(await store.update('CUSTOM', {})).toBe(true)
    expect(await store.find('CUSTOM')).toEqual({ ...custom, requestsPerDay: null, name: 'New' })
    expect(await store.remove('CUSTOM')).toBe('removed')
    expect(await store.find('CUSTOM')).toBe(undefined)
  })

  test('says what is not there, and refuses an id that is taken', async () => {
    const store = await create()
    expect(await store.find('NONE')).toBe(undefined)
    expect(await store.update('NONE', { name: 'x' })).toBe(false)
    expect(await store.remove('NONE')).toBe('not_found')
    const again = store.add({ ...custom, id: 'FREE' })
    expect(await again.then(() => 'added').catch(() => 'refused')).toBe('refused')
  })
}
