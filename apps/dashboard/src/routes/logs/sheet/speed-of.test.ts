import { expect, test } from 'vitest'
import { speedOf } from './speed-of.ts'

const row = { stream: true, ttft_ms: 500, duration_ms: 2500, usage: { input: 5, output: 100 } }

test('speed counts from the first token', () => {
  expect(speedOf(row)).toBe(50)
})

test.each([
  { ...row, stream: false },
  { ...row, ttft_ms: null },
  { ...row, duration_ms: 510 },
  { ...row, usage: {} },
])('of %o nothing can be said', (given) => {
  expect(speedOf(given)).toBeUndefined()
})
