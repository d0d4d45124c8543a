import { expect, test } from 'vitest'
import type { ChatRequest } from '../../chat.ts'
import { toReasoningEffort } from './to-reasoning-effort.ts'

const effortOf = (asked: Pick<Partial<ChatRequest>, 'thinking' | 'reasoning_effort'>) =>
  toReasoningEffort({ model: 'm', messages: [], ...asked })

test.each([
  [{}, undefined],
  [{ reasoning_effort: 'high', thinking: { type: 'enabled', budget_tokens: 1024 } }, 'high'],
  [{ thinking: { type: 'enabled', budget_tokens: 4096 } }, 'low'],
  [{ thinking: { type: 'enabled', budget_tokens: 16_384 } }, 'medium'],
  [{ thinking: { type: 'enabled', budget_tokens: 16_385 } }, 'high'],
  [{ thinking: { type: 'enabled' } }, 'medium'],
  [{ thinking: { type: 'adaptive' } }, undefined],
  [{ thinking: { type: 'disabled' } }, undefined],
] as const)('%j is %s effort', (asked, effort) => {
  expect(effortOf(asked)).toBe(effort)
})
