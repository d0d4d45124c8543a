import { expect, test } from 'vitest'
import { describeElement } from './describe-element.ts'
import { parseElements, readElements } from './element.ts'
import { typeOf } from './element-types.ts'
import { templates } from './templates.ts'

test('reads a list, and an export with its name', () => {
  const elements = [{ id: 'end', type: 'end', outputs: {} }]
  expect(parseElements(JSON.stringify(elements))).toEqual({ ok: true, elements })
  expect(parseElements(JSON.stringify({ name: 'x', elements }))).toEqual({ ok: true, elements })
})

test('says why elements cannot be drawn', () => {
  expect(readElements('x')).toEqual({ ok: false, mistake: 'must be a list of elements' })
  expect(readElements([{ type: 'end' }])).toMatchObject({ ok: false, mistake: expect.stringMatching(/^0\.id /) })
  const twice = [
    { id: 'a', type: 'end' },
    { id: 'a', type: 'end' },
  ]
  expect(readElements(twice)).toEqual({ ok: false, mistake: 'two elements have the id "a"' })
  expect(parseElements('[')).toMatchObject({ ok: false, mistake: expect.stringMatching(/^this is not JSON/) })
})

test('says in a line what an element does', () => {
  const [, plan] = templates[2]?.elements ?? []
  expect(plan && describeElement(plan)).toBe('metadata.plan is one of pro, team')
  const limit = {
    id: 'l',
    type: 'rate',
    properties: { limitType: 'cost', key: 'metadata.user', limit: 1, window: 86_400 },
    outputs: {},
  }
  expect(describeElement(limit)).toBe('$1 each day by metadata.user')
  expect(typeOf(limit)).toBe('budget')
})
