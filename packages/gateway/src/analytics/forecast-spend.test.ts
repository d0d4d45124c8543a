import { expect, test } from 'vitest'
import { forecastSpend } from './forecast-spend.ts'

const november = (day: number, hour = 0): number => Date.UTC(2026, 10, day, hour)
const to = Date.UTC(2026, 11, 1)

test('the mean of the last full days goes on to the end of the month', () => {
  const spending = {
    now: november(21),
    to,
    monthToDateNanoUsd: 2000,
    dailyNanoUsd: [100, 100, 100, 100, 100, 40, 20],
    todayNanoUsd: 0,
  }
  // 80 a day for ten days.
  expect(forecastSpend(spending)).toBe(2800)
  // Nine and a half days are left.
  expect(forecastSpend({ ...spending, now: november(21, 12), monthToDateNanoUsd: 2030 })).toBe(2790)
})

test('a first day goes on at its own pace', () => {
  const spending = { now: november(30, 6), to, monthToDateNanoUsd: 10, dailyNanoUsd: [], todayNanoUsd: 10 }
  expect(forecastSpend(spending)).toBe(40)
  expect(forecastSpend({ ...spending, now: november(30), monthToDateNanoUsd: 0, todayNanoUsd: 0 })).toBe(0)
})

test('a month that is over has cost what it has', () => {
  const spending = { now: to, to, monthToDateNanoUsd: 7, dailyNanoUsd: [100], todayNanoUsd: 3 }
  expect(forecastSpend(spending)).toBe(7)
})
