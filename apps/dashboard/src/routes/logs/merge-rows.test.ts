import { expect, test } from 'vitest'
import { mergeRows } from './merge-rows.ts'

test('a row is there once, newest first, wherever it came from', () => {
  const row = (id: string, from: string) => ({ id, from })
  expect(
    mergeRows([row('5', 'live'), row('3', 'live')], [row('4', 'read'), row('3', 'read'), row('1', 'read')]),
  ).toEqual([row('5', 'live'), row('4', 'read'), row('3', 'live'), row('1', 'read')])
})
