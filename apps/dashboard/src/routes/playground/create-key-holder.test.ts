import { expect, test } from 'vitest'
import { createKeyHolder } from './create-key-holder.ts'

const setUp = () => {
  const made: number[] = []
  const revoked: string[] = []
  const clock = { now: 0 }
  const holder = createKeyHolder({
    make: async (expiresAt) => {
      made.push(expiresAt)
      return { id: `id-${made.length}`, key: `gw_${made.length}` }
    },
    revoke: async (id) => revoked.push(id),
    now: () => clock.now,
  })
  return { holder, made, revoked, clock }
}

test('one key for all requests, made when it is first needed', async () => {
  const { holder, made } = setUp()
  expect(made).toEqual([])
  expect(await Promise.all([holder.get(), holder.get()])).toEqual(['gw_1', 'gw_1'])
  expect(made).toEqual([3_600_000])
})

test('another one when its hour is nearly over', async () => {
  const { holder, clock } = setUp()
  await holder.get()
  clock.now = 3_400_000
  expect(await holder.get()).toBe('gw_2')
})

test('is revoked when it is dropped, and nothing is where there is none', async () => {
  const { holder, revoked } = setUp()
  holder.drop()
  await holder.get()
  holder.drop()
  await expect.poll(() => revoked).toEqual(['id-1'])
})

test('what failed is tried again', async () => {
  let tries = 0
  const holder = createKeyHolder({
    make: async () => {
      tries += 1
      if (tries === 1) throw new Error('not now')
      return { id: 'a', key: 'gw_a' }
    },
    revoke: async () => undefined,
  })
  await expect(holder.get()).rejects.toThrow('not now')
  expect(await holder.get()).toBe('gw_a')
})
