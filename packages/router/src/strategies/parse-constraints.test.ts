import { expect, test } from 'vitest'
import { parseConstraints } from './parse-constraints.ts'

test('takes constraints as they are', () => {
  const value = {
    max_price: 0,
    capabilities: ['tools'],
    context: 32_000,
    region: 'eu',
    zero_retention: true,
    allow: ['openai/*'],
    deny: ['*/o1*'],
    min_quality: 10,
  }
  expect(parseConstraints(value)).toEqual({ ok: true, value })
  expect(parseConstraints({})).toEqual({ ok: true, value: {} })
  expect(parseConstraints({ region: ['eu', 'us'] })).toMatchObject({ ok: true })
})

test.each([
  ['cheap', '', 'must be an object'],
  [[], '', 'must be an object'],
  [null, '', 'must be an object'],
  [{ max_price: -1 }, 'max_price', 'must be a number of 0 or more, in USD per million tokens'],
  [{ max_price: '1' }, 'max_price', 'must be a number of 0 or more, in USD per million tokens'],
  [{ context: 1.5 }, 'context', 'must be a whole number of tokens above 0'],
  [{ zero_retention: 'yes' }, 'zero_retention', 'must be true or false'],
  [{ min_quality: 11 }, 'min_quality', 'must be a number from 0 to 10'],
  [{ allow: [] }, 'allow', 'must be a list with at least one string'],
  [{ allow: 'openai' }, 'allow', 'must be a list with at least one string'],
  [{ deny: ['a', 1] }, 'deny[1]', 'must be a string, and not empty'],
  [{ allow: Array.from({ length: 201 }, () => 'openai') }, 'allow', 'must have at most 200 strings'],
  [{ deny: ['x'.repeat(257)] }, 'deny', 'must have strings of at most 256 characters'],
  [{ capabilities: Array.from({ length: 201 }, () => 'a') }, 'capabilities', 'must have at most 200 strings'],
  [{ region: 'x'.repeat(257) }, 'region', 'must have strings of at most 256 characters'],
  [Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`f${index}`, 1])), '', 'must have at most 200 fields'],
  [{ region: '' }, 'region[0]', 'must be a string, and not empty'],
  [
    { maxPrice: 1 },
    'maxPrice',
    'is not known; known are max_price, capabilities, context, region, zero_retention, allow, deny, min_quality',
  ],
])('says what is wrong with %j', (value, path, message) => {
  expect(parseConstraints(value)).toEqual({ ok: false, mistakes: [{ path, message }] })
})

test('says everything that is wrong, and knows no names that objects have by themselves', () => {
  const value: unknown = JSON.parse('{"max_price": null, "context": 0, "constructor": 1, "__proto__": 2}')
  const parsed = parseConstraints(value)
  expect(parsed.ok ? [] : parsed.mistakes.map(({ path }) => path)).toEqual([
    'max_price',
    'context',
    'constructor',
    '__proto__',
  ])
})
