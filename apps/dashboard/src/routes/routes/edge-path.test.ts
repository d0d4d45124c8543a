import { expect, test } from 'vitest'
import { edgePath } from './edge-path.ts'

test('curves from point to point, upright at both ends', () => {
  expect(
    edgePath([
      { x: 0, y: 0 },
      { x: 10, y: 20 },
    ]),
  ).toBe('M0 0 C0 10 10 10 10 20')
  expect(edgePath([])).toBe('')
})
