import { expect, test } from 'vitest'
import { replaceBetween } from './replace-between.ts'

test('replaces what stands between the markers, again and again', () => {
  const once = replaceBetween('a\n<!-- x -->\nold\n<!-- /x -->\nb', 'x', 'new $&')
  expect(once).toBe('a\n<!-- x -->\n\nnew $&\n\n<!-- /x -->\nb')
  expect(replaceBetween(once, 'x', 'new $&')).toBe(once)
})

test('throws where the markers are missing', () => {
  expect(() => replaceBetween('a <!-- x --> b', 'x', 'new')).toThrow('<!-- /x -->')
})
