import type { Answer } from './answer/build-answer.ts'
import type { Ask } from './ask.ts'
import type { CacheSplit } from './prompt-cache.ts'
import type { Usage } from './usage.ts'

/** Tokens of a request and its answers, in disjoint classes. */
export function toUsage(ask: Ask, answers: readonly Answer[], split: CacheSplit): Usage {
  const prompt = ask.blocks.reduce((sum, { tokens }) => sum + tokens, 0)
  return {
    ...split,
    input: prompt - split.cacheRead - split.cacheWrite5m - split.cacheWrite1h,
    output: answers.reduce((sum, { outputTokens }) => sum + outputTokens, 0),
    reasoning: answers.reduce((sum, { reasoningTokens }) => sum + reasoningTokens, 0),
  }
}
