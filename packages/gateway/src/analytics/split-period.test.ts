import { expect, test } from 'vitest'
import { splitPeriod } from './split-period.ts'

const [hourMs, dayMs] = [3_600_000, 86_400_000]

test('whole days are days, what is left at the ends is hours', () => {
  expect(splitPeriod({ from: dayMs, to: 3 * dayMs })).toEqual({ days: { from: dayMs, to: 3 * dayMs }, hours: [] })
  expect(splitPeriod({ from: dayMs - hourMs, to: 3 * dayMs + 2 * hourMs })).toEqual({
    days: { from: dayMs, to: 3 * dayMs },
    hours: [
      { from: dayMs - hourMs, to: dayMs },
      { from: 3 * dayMs, to: 3 * dayMs + 2 * hourMs },
    ],
  })
})

test('without a whole day, everything is hours', () => {
  const period = { from: dayMs - 5 * hourMs, to: dayMs + 20 * hourMs }
  expect(splitPeriod(period)).toEqual({ days: undefined, hours: [period] })
})
