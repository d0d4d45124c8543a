import type { TestRunner } from '@gw/keys/testing'
import type { IdempotencyStore } from './idempotency.ts'

const [minuteMs, dayMs] = [60_000, 86_400_000]

/** The contract of every `IdempotencyStore`. `create` returns an empty one. */
export function testIdempotencyStore(create: () => Promise<IdempotencyStore>, { test, expect }: TestRunner): void {
  const claim = { id: 'i', fingerprint: 'f', at: 1000 }

  test('an id is claimed once, and has its answer for a day', async () => {
    const store = await create()
    expect(await store.claim(claim)).toBe(undefined)
    const known = await store.claim({ ...claim, fingerprint: 'other' })
    expect([known?.fingerprint, known?.answer]).toEqual(['f', null])
    await store.finish('i', 'done')
    expect((await store.claim({ ...claim, at: 999 + dayMs }))?.answer).toBe('done')
    expect(await store.claim({ ...claim, at: 1000 + dayMs })).toBe(undefined)
  })

  test('of two claims at once one is first, and an id that is let go of is free', async () => {
    const store = await create()
    const both = await Promise.all([store.claim(claim), store.claim(claim)])
    expect(both.filter((known) => known === undefined).length).toBe(1)
    await store.release('i')
    expect(await store.claim(claim)).toBe(undefined)
  })

  test('what was never finished is free after a while, for it will not be', async () => {
    const store = await create()
    await store.claim(claim)
    expect((await store.claim({ ...claim, at: 999 + 10 * minuteMs }))?.answer).toBe(null)
    expect(await store.claim({ ...claim, at: 1000 + 10 * minuteMs })).toBe(undefined)
  })
}
