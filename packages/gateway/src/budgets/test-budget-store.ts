import type { TestRunner } from '@gw/keys/testing'
import type { Budget, BudgetStore } from './budget.ts'

/** The contract of every `BudgetStore`. `create` returns an empty store that knows the organisations `acme` and `other`. */
export function testBudgetStore(create: () => Promise<BudgetStore>, { test, expect }: TestRunner): void {
  const budgetOf = (id: string, orgId: string, createdAt: number): Budget => ({
    id,
    orgId,
    name: id,
    scope: 'org',
    scopeId: null,
    period: 'month',
    limitNanoUsd: 5_000_000_000,
    mode: 'hard',
    createdAt,
    disabledAt: null,
  })

  test('lists the budgets of the organisation alone, oldest first', async () => {
    const store = await create()
    await store.add(budgetOf('late', 'acme', 2))
    await store.add(budgetOf('early', 'acme', 1))
    await store.add(budgetOf('theirs', 'other', 1))
    expect(await store.list('acme')).toEqual([budgetOf('early', 'acme', 1), budgetOf('late', 'acme', 2)])
  })

  test('changes what is named, and nothing of another organisation', async () => {
    const store = await create()
    const budget = budgetOf('a', 'acme', 1)
    await store.add(budget)
    expect(await store.update('other', 'a', { limitNanoUsd: 1 })).toBe(false)
    expect(await store.update('acme', 'a', { limitNanoUsd: 7, mode: 'warn' })).toBe(true)
    expect(await store.update('acme', 'a', {})).toBe(true)
    expect(await store.list('acme')).toEqual([{ ...budget, limitNanoUsd: 7, mode: 'warn' }])
  })

  test('removes a budget of the organisation once', async () => {
    const store = await create()
    await store.add(budgetOf('a', 'acme', 1))
    expect(await store.remove('other', 'a')).toBe(false)
    expect(await store.remove('acme', 'a')).toBe(true)
    expect(await store.remove('acme', 'a')).toBe(false)
    expect(await store.list('acme')).toEqual([])
  })
}
