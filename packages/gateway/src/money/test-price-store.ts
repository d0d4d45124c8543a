import type { TestRunner } from '@gw/keys/testing'
import type { OwnPrice, PriceStore } from './price-store.ts'

/** The contract of every `PriceStore`. `create` returns an empty store that knows the organisations `acme` and `other`. */
export function testPriceStore(create: () => Promise<PriceStore>, { test, expect }: TestRunner): void {
  const priceOf = (id: string, orgId: string, createdAt: number): OwnPrice => ({
    id,
    orgId,
    provider: 'openai',
    model: 'gpt-4o',
    prices: { input: 2, output: [8, [200_000, 12]] },
    from: 5,
    createdAt,
  })

  test("lists the organisation's prices as they were set, oldest first", async () => {
    const store = await create()
    await store.add(priceOf('late', 'acme', 2))
    await store.add(priceOf('early', 'acme', 1))
    await store.add(priceOf('theirs', 'other', 1))
    expect(await store.list('acme')).toEqual([priceOf('early', 'acme', 1), priceOf('late', 'acme', 2)])
  })

  test('removes a price of the organisation once', async () => {
    const store = await create()
    await store.add(priceOf('a', 'acme', 1))
    expect(await store.remove('other', 'a')).toBe(false)
    expect(await store.remove('acme', 'a')).toBe(true)
    expect(await store.remove('acme', 'a')).toBe(false)
  })
}
