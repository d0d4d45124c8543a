import { expect, test } from 'vitest'
import { formatMoment, parseMoment } from './moment-text.ts'

const at = Date.UTC(2026, 10, 22, 14, 3)

test('writes and reads a moment in UTC', () => {
  expect(formatMoment(at, 'utc')).toBe('2026-11-22T14:03')
  expect(parseMoment('2026-11-22T14:03', 'utc')).toBe(at)
})

test('a moment in local time survives being written and read', () => {
  expect(parseMoment(formatMoment(at, 'local'), 'local')).toBe(at)
})

test('an incomplete field is no moment', () => {
  expect(parseMoment('2026-11-', 'local')).toBeUndefined()
})
