import { expect, test } from 'vitest'
import { seededRandom } from './__fixtures__/seeded-random.ts'
import { weightedShuffle } from './weighted-shuffle.ts'

const items = [
  { id: 'a', weight: 1 },
  { id: 'b', weight: 3 },
  { id: 'c', weight: 6 },
]
const runs = 20_000

/** Share of the runs whose order begins so. */
function shareOf(orders: readonly string[], start: string): number {
  return orders.filter((order) => order.startsWith(start)).length / orders.length
}

test('each place goes to those left in proportion to their weights', () => {
  const random = seededRandom(7)
  const orders = Array.from({ length: runs }, () =>
    weightedShuffle(items, random)
      .map(({ id }) => id)
      .join(''),
  )
  // Four standard deviations of a share of 20,000 draws are at most 4 × √(0.25 / 20,000) = 0.0142.
  const expected: [string, number][] = [
    ['a', 1 / 10],
    ['b', 3 / 10],
    ['c', 6 / 10],
    ['cb', (6 / 10) * (3 / 4)],
    ['ca', (6 / 10) * (1 / 4)],
    ['ba', (3 / 10) * (1 / 7)],
    ['ab', (1 / 10) * (3 / 9)],
  ]
  for (const [start, share] of expected) expect(Math.abs(shareOf(orders, start) - share)).toBeLessThan(0.0142)
})

test('a thousandfold weight comes first about a thousand times as often', () => {
  const random = seededRandom(11)
  const pair = [
    { id: 'x', weight: 1 },
    { id: 'y', weight: 1000 },
  ]
  const count = Array.from({ length: runs }, () => weightedShuffle(pair, random)[0]?.id).filter(
    (id) => id === 'x',
  ).length
  // 20,000 / 1001 ≈ 20; a Poisson count of that mean is within 4 × √20 ≈ 18.
  expect(Math.abs(count - 20)).toBeLessThan(18)
})

test('keeps every item once, the same for the same random bytes, and draws none for one item', () => {
  const once = weightedShuffle(items, seededRandom(3))
  expect(once.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(items)
  expect(weightedShuffle(items, seededRandom(3))).toEqual(once)
  expect(weightedShuffle(items.slice(0, 1), () => expect.fail('No draw is needed.'))).toEqual(items.slice(0, 1))
})

test('extreme random bytes are no trouble', () => {
  for (const byte of [0, 255]) expect(weightedShuffle(items, (bytes) => void bytes.fill(byte)).length).toBe(3)
})
