import { expect, test } from 'vitest'
import { describeAction } from './describe-action.ts'

test.each([
  ['PATCH /budgets/:id', 'Changed a budget'],
  ['POST /alert-rules', 'Made an alert rule'],
  ['PUT /orgs/:org/members/:user', 'Set a member'],
  ['DELETE /demo-data', 'Removed demo data'],
  ['POST /gateway-keys/:id/rotate', 'Rotated a gateway key'],
])('%s is told as “%s”', (action, told) => {
  expect(describeAction(action)).toBe(told)
})
