import { expect, test } from 'vitest'
import { interpolatePercentile } from './interpolate-percentile.ts'

const bounds = [100, 200, 400]

test('values between two bounds lie evenly', () => {
  // 10 up to 100, 60 up to 200, 100 up to 400: the median is the 40th of the 50 between 100 and 200.
  const histogram = { bounds, counts: [10, 60, 100], total: 100 }
  expect(interpolatePercentile(histogram, 0.5)).toBe(180)
  // The 95th is 35 of 40 on the way from 200 to 400.
  expect(interpolatePercentile(histogram, 0.95)).toBe(375)
  expect(interpolatePercentile(histogram, 0.05)).toBe(50)
  expect(interpolatePercentile(histogram, 0.1)).toBe(100)
  expect(interpolatePercentile(histogram, 1)).toBe(400)
})

test('empty bins are passed over', () => {
  expect(interpolatePercentile({ bounds, counts: [0, 0, 4], total: 4 }, 0.5)).toBe(300)
  expect(interpolatePercentile({ bounds, counts: [4, 4, 4], total: 4 }, 0.99)).toBe(99)
})

test('above the last bound, the answer is that bound', () => {
  expect(interpolatePercentile({ bounds, counts: [1, 1, 1], total: 100 }, 0.5)).toBe(400)
  expect(interpolatePercentile({ bounds, counts: [0, 0, 0], total: 3 }, 0.5)).toBe(400)
})

test('without values, or without a histogram, there is none', () => {
  expect(interpolatePercentile({ bounds, counts: [0, 0, 0], total: 0 }, 0.5)).toBe(null)
  expect(interpolatePercentile({ bounds, counts: [], total: 7 }, 0.5)).toBe(null)
})
