import { expect, test } from 'vitest'
import { formatDuration } from './duration.ts'

test.each([
  [null, '–'],
  [0, '0 ms'],
  [999.4, '999 ms'],
  [1234, '1.23 s'],
  [12_345, '12.3 s'],
  [83_000, '1 min 23 s'],
  [7_380_000, '2 h 3 min'],
])('%s ms is %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})
