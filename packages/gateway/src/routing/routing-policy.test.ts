import type { Constraints } from '@gw/router'
import { expect, test } from 'vitest'
import { routingPolicyOf } from './routing-policy.ts'

const policyOf = (gateway: Constraints, caller: Constraints) =>
  routingPolicyOf(
    { name: 'auto', options: { constraints: { ...caller } } },
    { orgId: 'default', id: 'default', settings: { routing: { constraints: gateway } } },
  ).constraints

test.each<[NonNullable<Constraints['region']>, NonNullable<Constraints['region']>, string[]]>([
  ['eu', 'eu-west-1', ['eu-west-1']],
  ['eu-west-1', 'eu', ['eu-west-1']],
  ['eu', 'eu', ['eu']],
  ['EU', 'eu-west-1', ['eu-west-1']],
  [
    ['eu', 'us-east-1'],
    ['us', 'eu-west-1'],
    ['eu-west-1', 'us-east-1'],
  ],
  ['eu', 'us', []],
  ['eu', 'europe', []],
])('of the regions %j and %j both hold: %j', (gateway, caller, both) => {
  expect(policyOf({ region: gateway }, { region: caller })).toEqual({ region: both })
})

test('of two bounds the stricter one holds, and lists add up', () => {
  const gateway: Constraints = { max_price: 2, min_quality: 6, context: 1000, deny: ['a'], zero_retention: true }
  const caller: Constraints = { max_price: 5, min_quality: 7, context: 500, deny: ['b'], zero_retention: false }
  expect(policyOf(gateway, caller)).toEqual({
    max_price: 2,
    min_quality: 7,
    context: 1000,
    deny: ['a', 'b'],
    zero_retention: true,
  })
})
