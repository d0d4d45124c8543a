import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTurns, leaseMs } from './create-turns.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const start = () => createTurns({ now: Date.now })

test('the lead of one that died goes to the next who waits, after its lease', async () => {
  const turns = start()
  expect(turns.take('dead')).toBe(true)
  const ends: string[] = []
  const waits = ['b', 'c'].map((turn) => turns.wait(turn, 60_000).then((end) => ends.push(`${turn} ${end}`)))
  await vi.advanceTimersByTimeAsync(leaseMs - 1)
  expect(ends).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect([ends, turns.holds('b'), turns.holds('dead')]).toEqual([['b lead'], true, false])
  turns.settle()
  await Promise.all(waits)
  expect([ends, turns.isIdle()]).toEqual([['b lead', 'c kept'], true])
})

test('who renews the lead keeps it', async () => {
  const turns = start()
  turns.take('a')
  const waiting = turns.wait('b', 60_000)
  for (let passed = 0; passed < 30_000; passed += leaseMs / 3) {
    await vi.advanceTimersByTimeAsync(leaseMs / 3)
    turns.renew('a')
    turns.renew('b')
  }
  expect(turns.holds('a')).toBe(true)
  turns.leave('a')
  expect(await waiting).toBe('lead')
})

test('a lead that lapsed while nobody waited is its own until somebody takes it', async () => {
  const turns = start()
  turns.take('a')
  await vi.advanceTimersByTimeAsync(leaseMs)
  expect(turns.holds('a')).toBe(true)
  expect([turns.take('b'), turns.take('a'), turns.holds('a')]).toEqual([true, false, false])
})

test('who waits too long is told, and is passed over later', async () => {
  const turns = start()
  turns.take('a')
  const late = turns.wait('b', 1000)
  const next = turns.wait('c', 5000)
  await vi.advanceTimersByTimeAsync(1000)
  expect(await late).toBe('late')
  turns.leave('a')
  expect(await next).toBe('lead')
})
