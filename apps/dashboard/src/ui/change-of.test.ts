import { expect, test } from 'vitest'
import { changeOf } from './change-of.ts'

test.each([
  [110, 100, 'up', '10%'],
  [96, 100, 'down', '4.0%'],
  [5, 5, 'same', 'no change'],
  [5, 0, 'up', 'from 0'],
  [1200, 100, 'up', '12×'],
  [100_001, 100_000, 'up', '<0.1%'],
])('from %s after %s is %s %s', (...[current, previous, direction, text]) => {
  expect(changeOf(current, previous)).toEqual({ direction, text })
})

test('nothing is compared with what is not known', () => {
  expect(changeOf(null, 1)).toBeUndefined()
  expect(changeOf(1, null)).toBeUndefined()
})
