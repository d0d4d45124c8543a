import { expect, test } from 'vitest'
import { describeCondition, toConditions, toRows } from './condition-rows.ts'

test('conditions of all kinds of values come back as they were', () => {
  const conditions = {
    'metadata.plan': { $in: ['pro', 'team', '5'] },
    'body.stream': { $eq: true },
    'body.max_tokens': { $gt: 10, $lte: 500 },
    'headers.x-test': { $exists: false },
    'metadata.code': { $ne: 'null' },
  }
  const rows = toRows(conditions)
  expect(rows).toEqual([
    { field: 'metadata.plan', operator: '$in', value: 'pro, team, "5"' },
    { field: 'body.stream', operator: '$eq', value: 'true' },
    { field: 'body.max_tokens', operator: '$gt', value: '10' },
    { field: 'body.max_tokens', operator: '$lte', value: '500' },
    { field: 'headers.x-test', operator: '$exists', value: 'false' },
    { field: 'metadata.code', operator: '$ne', value: '"null"' },
  ])
  expect(toConditions(rows ?? [])).toEqual(conditions)
})

test('a value alone means that it is equal', () => {
  expect(toRows({ plan: 'pro' })).toEqual([{ field: 'plan', operator: '$eq', value: 'pro' }])
})

test('what combines is left to JSON', () => {
  expect(toRows({ $or: [{ plan: 'pro' }] })).toBeUndefined()
  expect(toRows({ plan: { $regex: 'x' } })).toBeUndefined()
})

test('says a comparison in words', () => {
  expect(describeCondition({ field: 'plan', operator: '$in', value: 'pro, team' })).toBe('plan is one of pro, team')
  expect(describeCondition({ field: 'plan', operator: '$exists', value: 'false' })).toBe('plan is not there')
})
