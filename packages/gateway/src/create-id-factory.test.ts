import { expect, test } from 'vitest'
import { createIdFactory } from './create-id-factory.ts'

const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)

test('ids are UUIDs of version 7 with the time in front (RFC 9562)', () => {
  const id = createIdFactory(() => 0x017f_22e2_79b0, random)()
  expect(id).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('ids of one millisecond grow, even more of them than the counter holds, and when the clock steps back', () => {
  let now = 1000
  const createId = createIdFactory(() => now, random)
  const ids = Array.from({ length: 10_000 }, (_, index) => {
    if (index === 5000) now = 900
    return createId()
  })
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})
