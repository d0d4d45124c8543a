import { expect, test } from 'vitest'
import { shiftsOf } from './compare-sides.ts'

const side = { cost_nano_usd: 0, unpriced: 0, average_ms: null, ms_known_for: 0, average_quality: null }

test('lists the models of both sides, the largest change first', () => {
  const shifts = shiftsOf({
    before: { ...side, models: { a: 5, b: 10, d: 1 } },
    after: { ...side, models: { a: 6, c: 9, d: 1 } },
  })
  expect(shifts).toEqual([
    { id: 'b', before: 10, after: 0 },
    { id: 'c', before: 0, after: 9 },
    { id: 'a', before: 5, after: 6 },
    { id: 'd', before: 1, after: 1 },
  ])
})
