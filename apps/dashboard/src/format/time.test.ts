import { expect, test } from 'vitest'
import { formatAgo, formatTime } from './time.ts'

const at = Date.UTC(2026, 10, 22, 14, 3, 9)

test('a moment is shown in the chosen clock', () => {
  expect(formatTime(at, 'second', 'utc')).toBe('Nov 22, 14:03:09')
  expect(formatTime(at, 'minute', 'utc')).toBe('14:03')
  expect(formatTime(at, 'full', 'utc')).toBe('Nov 22, 2026, 14:03:09')
})

test.each([
  [0, 'now'],
  [-4000, '4 seconds ago'],
  [-119_000, '1 minute ago'],
  [-86_400_000 * 3, '3 days ago'],
  [3_600_000, 'in 1 hour'],
])('%s ms from now is %s', (distance, text) => {
  expect(formatAgo(at + distance, at)).toBe(text)
})
