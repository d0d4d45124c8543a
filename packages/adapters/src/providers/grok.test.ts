import { expect, test } from 'vitest'
import { grok } from './grok.ts'

const usageOf = (usage: { [name: string]: number | object }) =>
  grok.repair?.(JSON.parse(JSON.stringify({ usage })))?.['usage']

test('reasoning becomes part of the completion where the total shows that it is not', () => {
  const details = { completion_tokens_details: { reasoning_tokens: 196 } }
  expect(usageOf({ prompt_tokens: 291, completion_tokens: 26, total_tokens: 513, ...details })).toMatchObject({
    completion_tokens: 222,
    total_tokens: 513,
  })
  expect(usageOf({ prompt_tokens: 291, completion_tokens: 222, total_tokens: 513, ...details })).toMatchObject({
    completion_tokens: 222,
  })
})

test('a receipt in ticks is a receipt in dollars', () => {
  expect(
    usageOf({ prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, cost_in_usd_ticks: 1_234_500 }),
  ).toMatchObject({
    cost: 0.000_123_45,
  })
})

test('an answer without usage stays as it is', () => {
  const body = { id: 'x' }
  expect(grok.repair?.(body)).toBe(body)
})
