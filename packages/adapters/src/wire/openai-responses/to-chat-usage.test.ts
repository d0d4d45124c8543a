import { expect, test } from 'vitest'
import { toChatUsage } from './to-chat-usage.ts'

test('a receipt of xAI, in ticks of 1e-10 USD, is the cost', () => {
  const usage = { input_tokens: 3, output_tokens: 4, cost_in_usd_ticks: 5_000_000_000 }
  expect(toChatUsage(usage)).toEqual({ prompt_tokens: 3, completion_tokens: 4, total_tokens: 7, cost: 0.5 })
})
