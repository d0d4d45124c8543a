import { expect, test } from 'vitest'

import { fromSchema } from './from-schema.ts'

test.each([
  [{ type: 'string' }, 'value'],
  [{ type: 'string', minLength: 7 }, 'value..'],
  [{ type: 'string', format: 'date' }, '2026-01-02'],
  [{ enum: ['b', 'a'] }, 'b'],
  [{ const: 3 }, 3],
  [{ type: 'integer', exclusiveMinimum: 4 }, 5],
  [{ type: 'number', maximum: 0.5 }, 0.5],
  [{ type: ['null', 'boolean'] }, true],
  [{ type: 'array', items: { type: 'integer' }, minItems: 2 }, [1, 1]],
  [{ anyOf: [{ type: 'null' }, { type: 'integer' }] }, 1],
  [{ type: 'OBJECT', properties: { a: { type: 'STRING' } } }, { a: 'a' }],
  [{ type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } }, required: ['b'] }, { b: 1 }],
  [{ allOf: [{ type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] }] }, { a: 1 }],
  [
    { $ref: '#/$defs/x', $defs: { x: { type: 'object', properties: { y: { $ref: '#/$defs/z' } } }, z: { const: 1 } } },
    { y: 1 },
  ],
])('%j', (schema, value) => {
  expect(fromSchema(schema)).toEqual(value)
})
