import { expect, test } from 'vitest'
import { factsOf } from './__fixtures__/facts-of.ts'
import { matchesCondition } from './matches-condition.ts'
import { parseCondition } from './parse-condition.ts'

const facts = factsOf({
  metadata: { plan: 'free', age: 30, paid: true, none: null, 'a.b': 'dotted', __proto__: { inherited: 1 } },
  headers: new Headers({ 'X-Tier': 'gold', 'x-count': '12', 'x-on': 'true' }),
  body: { messages: [{ role: 'user', content: 'hello world' }], stream: true, tags: ['a', 1], max_tokens: 50 },
  plan: 'PROFESSIONAL',
})

function matches(condition: unknown): boolean {
  const parsed = parseCondition(condition, 'conditions')
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistakes))
  return matchesCondition(parsed.condition, facts)
}

const cases: readonly [boolean, unknown][] = [
  [true, { 'metadata.plan': { $eq: 'free' } }],
  [true, { 'metadata.plan': 'free' }],
  [false, { 'metadata.plan': { $eq: 'paid' } }],
  [true, { 'metadata.plan': { $ne: 'paid' } }],
  [true, { 'metadata.plan': { $in: ['x', 'free'] } }],
  [false, { 'metadata.plan': { $nin: ['x', 'free'] } }],
  [true, { 'metadata.age': { $gt: 29, $lte: 30 } }],
  [false, { 'metadata.age': { $gt: 29, $lt: 30 } }],
  [true, { 'metadata.age': { $gte: 30 } }],
  [true, { 'metadata.a.b': 'dotted' }],
  [true, { 'metadata.none': { $exists: true } }],
  [true, { 'metadata.plan': { $startsWith: 'fr', $endsWith: 'ee', $contains: 're' } }],
  [true, { 'headers.x-tier': 'gold' }],
  [true, { 'headers.X-TIER': { $in: ['gold'] } }],
  [true, { 'headers.x-count': { $gt: 9 } }],
  [true, { 'headers.x-count': { $eq: 12 } }],
  [true, { 'headers.x-count': { $eq: '12' } }],
  [true, { 'headers.x-count': { $in: [11, 12] } }],
  [false, { 'headers.x-count': { $nin: [11, 12] } }],
  [true, { 'headers.x-on': true }],
  [false, { 'headers.x-tier': { $gt: 9 } }],
  [true, { 'body.messages[0].role': 'user' }],
  [true, { 'body.messages.0.content': { $contains: 'world' } }],
  [true, { 'body.tags': { $contains: 1 } }],
  [false, { 'body.tags': { $contains: '1' } }],
  [true, { 'body.stream': true }],
  [false, { 'body.messages[1].role': { $exists: true } }],
  [true, { 'user.plan': 'PROFESSIONAL' }],
  [true, { 'user.plan': { $eq: 'Professional' } }],
  [true, { plan: { $in: ['PROFESSIONAL', 'BUSINESS'] } }],
  [true, { $and: [{ 'metadata.plan': 'free' }, { 'body.max_tokens': { $lt: 100 } }] }],
  [true, { $or: [{ 'metadata.plan': 'paid' }, { 'body.max_tokens': { $lt: 100 } }] }],
  [false, { $not: { 'metadata.plan': 'free' } }],
  [true, { 'metadata.plan': { $not: { $eq: 'paid' } } }],
  [false, { 'metadata.plan': 'free', 'metadata.age': 31 }],
]

test.each(cases)('%s: %j', (expected, condition) => {
  expect(matches(condition)).toBe(expected)
})

test('a field that is missing equals nothing but null, is not any value, and has no order', () => {
  const missing = (test: unknown): boolean => matches({ 'metadata.missing': test })
  const tests = [{ $eq: 'x' }, { $in: ['x'] }, { $gt: 0 }, { $lt: 'z' }, { $contains: 'x' }, { $startsWith: '' }]
  expect(tests.map(missing)).toEqual(tests.map(() => false))
  expect([{ $ne: 'x' }, { $nin: ['x'] }, { $eq: null }, { $exists: false }].map(missing)).toEqual([
    true,
    true,
    true,
    true,
  ])
})

test('values of different types are neither equal nor in an order', () => {
  const age = (test: unknown): boolean => matches({ 'metadata.age': test })
  expect([{ $eq: '30' }, { $gt: '1' }, { $lt: '9' }, { $contains: '3' }, { $in: ['30', true] }].map(age)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ])
  expect(matches({ 'metadata.paid': 1 })).toBe(false)
})

test('nothing is seen but what an object holds itself', () => {
  const names = [
    'metadata.inherited',
    'metadata.constructor',
    'body.__proto__',
    'body.tags.length',
    'body.constructor.name',
  ]
  for (const name of names) expect([name, matches({ [name]: { $exists: true } })]).toEqual([name, false])
})

const wrong: readonly [unknown, string, string][] = [
  [{ 'metadata.a': { $regex: '.*' } }, 'c.metadata.a.$regex', 'is no operator'],
  [{ 'metadata.a': { $in: [] } }, 'c.metadata.a.$in', 'takes a list'],
  [{ 'metadata.a': { $gt: true } }, 'c.metadata.a.$gt', 'takes a number or a string'],
  [{ 'metadata.a': { $exists: 1 } }, 'c.metadata.a.$exists', 'takes true or false'],
  [{ 'metadata.a': {} }, 'c.metadata.a', 'asks nothing'],
  [{ 'metadata.a': [1] }, 'c.metadata.a', 'takes a string'],
  [{ user: 'x' }, 'c.user', 'is no field'],
  [{ 'metadata.': 'x' }, 'c.metadata.', 'is no field'],
  [{ 'body.a..b': 'x' }, 'c.body.a..b', 'is no field'],
  [{ $eq: 'x' }, 'c.$eq', 'is not known here'],
  [{ $and: {} }, 'c.$and', 'must be a list'],
  [{ $or: [{ nope: 1 }] }, 'c.$or[0].nope', 'is no field'],
  [{}, 'c', 'asks nothing'],
  ['x', 'c', 'must be an object'],
]

test.each(wrong)('%j is refused', (condition, path, message) => {
  const parsed = parseCondition(condition, 'c')
  expect(parsed).toEqual({ ok: false, mistakes: [{ path, message: expect.stringContaining(message) }] })
})

test('a condition without end is refused', () => {
  let condition: unknown = { 'metadata.a': 1 }
  for (let depth = 0; depth < 5000; depth += 1) condition = { $not: condition }
  expect(parseCondition(condition, 'c')).toMatchObject({ ok: false })
  let test: unknown = { $eq: 1 }
  for (let depth = 0; depth < 5000; depth += 1) test = { $not: test }
  expect(parseCondition({ 'metadata.a': test }, 'c')).toMatchObject({ ok: false })
})
