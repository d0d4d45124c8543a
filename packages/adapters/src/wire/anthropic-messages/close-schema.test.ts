import { expect, test } from 'vitest'
import { closeSchema } from './close-schema.ts'

test('a closed schema without limits stays as it is', () => {
  const schema = {
    type: 'object',
    properties: { minimum: { type: 'string' }, list: { type: 'array', items: { $ref: '#/$defs/a' } } },
    additionalProperties: false,
    $defs: { a: { enum: [1, 2] } },
  }
  expect(closeSchema(schema)).toEqual({ schema, isBent: false })
})

test('open objects are closed and limits go into the description', () => {
  expect(
    closeSchema({
      type: 'object',
      properties: { n: { type: 'integer', minimum: 1, maximum: 5, description: 'A number.' } },
      anyOf: [{ type: 'object' }],
    }),
  ).toEqual({
    schema: {
      type: 'object',
      properties: { n: { type: 'integer', description: 'A number.\n\n{minimum: 1, maximum: 5}' } },
      anyOf: [{ type: 'object', additionalProperties: false }],
      additionalProperties: false,
    },
    isBent: true,
  })
})
