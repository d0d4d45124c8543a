import { expect, test } from 'vitest'
import { addElement, connect, removeElement, renameElement, renameOutput, setProperties } from './edit-elements.ts'
import type { RouteNode } from './element.ts'

const to = (elementId: string) => ({ elementId })
const elements: RouteNode[] = [
  { id: 'start', type: 'start', outputs: { next: to('model') } },
  {
    id: 'model',
    type: 'model',
    properties: { provider: 'openai', model: 'a' },
    outputs: { success: to('end') },
    position: { x: 1 },
  },
  { id: 'end', type: 'end', outputs: {} },
]

test('a new element goes between an output and what it led to', () => {
  const { elements: after, id } = addElement(elements, 'percentage', { id: 'start', output: 'next' })
  expect(id).toBe('percentage')
  expect(after[0]?.outputs).toEqual({ next: to('percentage') })
  expect(after.at(-1)?.outputs).toEqual({ '50%': to('model'), else: to('model') })
})

test('a new element alone leads to the end, under an id of its own', () => {
  const { elements: after, id } = addElement(elements, 'model')
  expect(id).toBe('model-2')
  expect(after.at(-1)?.outputs).toEqual({ success: to('end') })
})

test('outputs are connected, and taken away', () => {
  const connected = connect(elements, { id: 'model', output: 'fallback' }, 'end')
  expect(connected[1]?.outputs).toEqual({ success: to('end'), fallback: to('end') })
  expect(connect(connected, { id: 'model', output: 'fallback' }, undefined)[1]?.outputs).toEqual({ success: to('end') })
})

test('what led to a removed element leads to where it went', () => {
  expect(removeElement(elements, 'model')).toEqual([
    { id: 'start', type: 'start', outputs: { next: to('end') } },
    elements[2],
  ])
})

test('a new id holds everywhere, and unknown fields stay', () => {
  const renamed = renameElement(elements, 'model', 'large')
  expect(renamed[0]?.outputs).toEqual({ next: to('large') })
  expect(renamed[1]).toMatchObject({ id: 'large', position: { x: 1 } })
})

test('properties are set, and taken away', () => {
  expect(setProperties(elements, 'model', { model: 'b', provider: undefined })[1]?.properties).toEqual({ model: 'b' })
})

test('a share keeps its place, and takes no name that is there', () => {
  const split: RouteNode = { id: 'split', type: 'percentage', outputs: { '10%': to('a'), else: to('b') } }
  expect(Object.keys(renameOutput([split], { id: 'split', output: '10%' }, '20%')[0]?.outputs ?? {})).toEqual([
    '20%',
    'else',
  ])
  expect(renameOutput([split], { id: 'split', output: '10%' }, 'else')).toEqual([split])
})
