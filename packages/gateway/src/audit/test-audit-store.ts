import type { TestRunner } from '@gw/keys/testing'
import type { AuditEntry, AuditStore } from './audit-store.ts'

const entry = (id: string, change: Partial<AuditEntry> = {}): AuditEntry => ({
  id,
  at: 1000,
  orgId: 'acme',
  actor: { kind: 'operator', id: null, name: 'admin key' },
  action: 'POST /budgets',
  path: '/api/budgets',
  subject: null,
  changes: { name: 'b', '50%_': ["'"] },
  status: 201,
  ...change,
})

/** The contract of every `AuditStore`. `create` returns an empty one. */
export function testAuditStore(create: () => Promise<AuditStore>, { test, expect }: TestRunner): void {
  const filled = async (): Promise<AuditStore> => {
    const store = await create()
    const user = { kind: 'user', id: 'alice', name: 'a@example.com' } as const
    await store.add(entry('a'))
    await store.add(entry('c', { at: 3000, actor: user, action: 'DELETE /tiers/:id', subject: 't' }))
    await store.add(entry('b', { at: 2000 }))
    await store.add(entry('d', { orgId: 'other' }))
    await store.add(entry('e', { orgId: null }))
    return store
  }
  const idsOf = (entries: readonly AuditEntry[]): string => entries.map(({ id }) => id).join('')

  test('lists the rows of one organisation, or of the gateway, newest first', async () => {
    const store = await filled()
    expect(idsOf(await store.list({ orgId: 'acme', limit: 10 }))).toBe('cba')
    expect(await store.list({ orgId: 'other', limit: 10 })).toEqual([entry('d', { orgId: 'other' })])
    expect(idsOf(await store.list({ orgId: null, limit: 10 }))).toBe('e')
  })

  test('lists pages, one more than asked for where there are more', async () => {
    const store = await filled()
    expect(idsOf(await store.list({ orgId: 'acme', limit: 1 }))).toBe('cb')
    expect(idsOf(await store.list({ orgId: 'acme', limit: 1, cursor: 'c' }))).toBe('ba')
  })

  test('lists by time, by who did it, and by a part of what was done', async () => {
    const store = await filled()
    const list = async (query: object) => idsOf(await store.list({ orgId: 'acme', limit: 10, ...query }))
    expect(await list({ from: 1000, to: 3000 })).toBe('ba')
    expect([await list({ actor: 'alice' }), await list({ actor: 'operator' })]).toEqual(['c', 'ba'])
    expect([await list({ action: '/tiers' }), await list({ action: '%' })]).toEqual(['c', ''])
  })
}
