import { expect, test } from 'vitest'
import { placeFor } from './place-for.ts'
import { templates } from './templates.ts'

const elements = templates[0]?.elements ?? []

test('behind the chosen element, or behind the start', () => {
  expect(placeFor(elements, undefined)).toEqual({ id: 'start', output: 'next' })
  expect(placeFor(elements, 'end')).toEqual({ id: 'start', output: 'next' })
  expect(placeFor(elements, 'second')).toEqual({ id: 'second', output: 'fallback' })
  expect(placeFor([], 'second')).toBeUndefined()
})
