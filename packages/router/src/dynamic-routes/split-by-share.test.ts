import { expect, test } from 'vitest'
import { splitByShare } from './split-by-share.ts'

const keys = Array.from({ length: 100_000 }, (_, index) => `user-${index}`)
const split = (shares: Readonly<Record<string, string>>, id = 'split') => {
  const outputs = Object.fromEntries(Object.entries(shares).map(([share, elementId]) => [share, { elementId }]))
  return (key: string) => splitByShare({ id, type: 'percentage', outputs }, key)
}
const countOf = (targets: readonly unknown[], target: string): number => targets.filter((one) => one === target).length

test.each([
  [
    { '10%': 'a', '40%': 'b', '50%': 'c' },
    { a: 0.1, b: 0.4, c: 0.5 },
  ],
  [
    { '0.5%': 'a', else: 'b' },
    { a: 0.005, b: 0.995 },
  ],
  [{ '100%': 'a' }, { a: 1 }],
  [
    { '50%': 'a', else: 'b' },
    { a: 0.5, b: 0.5 },
  ],
])('100,000 keys split as %j says', (shares, expected) => {
  const targets = keys.map(split(shares))
  for (const [target, share] of Object.entries(expected)) {
    // Five standard deviations: one in two million runs would be off.
    const bound = 5 * Math.sqrt(share * (1 - share) * keys.length)
    expect(Math.abs(countOf(targets, target) - share * keys.length)).toBeLessThanOrEqual(bound)
  }
})

test('the same key always goes the same way, in whatever order the shares are written', () => {
  const [one, other] = [split({ '30%': 'a', '70%': 'b' }), split({ '70%': 'b', '30%': 'a' })]
  for (const key of keys.slice(0, 1000)) expect([one(key), one(key)]).toEqual([other(key), other(key)])
})

test('from 10 % to 20 %, a tenth of the keys moves, and none away', () => {
  const before = keys.map(split({ '10%': 'new', '90%': 'old' }))
  const after = keys.map(split({ '20%': 'new', '80%': 'old' }))
  const moved = before.filter((target, index) => target !== after[index])
  expect(moved.length).toBeGreaterThan(9500)
  expect(moved.length).toBeLessThan(10_500)
  expect(countOf(moved, 'new')).toBe(0)
})

test('two splits of one walk do not follow each other', () => {
  const [first, second] = [split({ '50%': 'a', else: 'b' }, 'x'), split({ '50%': 'a', else: 'b' }, 'y')]
  const same = keys.filter((key) => first(key) === second(key)).length
  expect(Math.abs(same - 50_000)).toBeLessThan(800)
})

test('a share of 0 % gets nobody', () => {
  expect(countOf(keys.map(split({ '0%': 'a', '100%': 'b' })), 'a')).toBe(0)
})
