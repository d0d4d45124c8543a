import { expect, test } from 'vitest'
import { chooseWorkersAIModel, explainWorkersAIModel, findModel, type WorkersAINeeds } from './index.ts'

const at = Date.UTC(2026, 10, 21, 12)

const needs = (change: Partial<WorkersAINeeds> = {}): WorkersAINeeds => ({
  needs: ['chat'],
  inputTokens: 900,
  outputTokens: 256,
  neuronsLeft: 10_000_000,
  at,
  ...change,
})

const choose = (change?: Partial<WorkersAINeeds>) => chooseWorkersAIModel(needs(change))?.model

const rejectionOf = (model: string, change?: Partial<WorkersAINeeds>) =>
  explainWorkersAIModel(needs(change)).find((candidate) => candidate.model.model === model)?.rejection

test('takes the best model that can do what is needed', () => {
  expect(choose()).toBe('@cf/qwen/qwen3.8-27b')
  expect(choose({ needs: ['chat', 'tools', 'vision'] })).toBe('@cf/qwen/qwen3.8-27b')
  // Of quality 7: glm-4.7-flash uses fewer neurons than nemotron.
  expect(choose({ needs: ['json_schema'] })).toBe('@cf/zai-org/glm-4.7-flash')
  expect(choose({ needs: ['json_schema', 'vision'] })).toBe('@cf/meta/llama-3.2-11b-vision-instruct')
  expect(choose({ needs: ['json_schema', 'vision', 'tools'] })).toBe('@cf/google/gemma-4-26b-a4b-it')
  expect(choose({ needs: ['audio_input'] })).toBeUndefined()
})

test('takes one that the neurons left are enough for', () => {
  // 900 in, 256 out. qwen3.8: 900 × 0.040909 + 256 × 0.290909 = 111.29; glm-4.7-flash: 4.95 + 9.3184 = 14.268.
  expect(choose({ neuronsLeft: 111_291 })).toBe('@cf/qwen/qwen3.8-27b')
  expect(choose({ neuronsLeft: 111_290 })).toBe('@cf/zai-org/glm-4.7-flash')
  expect(rejectionOf('@cf/qwen/qwen3.8-27b', { neuronsLeft: 111_290 })).toBe('neurons')
  // granite: 900 × 0.001542 + 256 × 0.010158 = 3.988.
  expect(choose({ neuronsLeft: 4000 })).toBe('@cf/ibm-granite/granite-4.0-h-micro')
  expect(choose({ neuronsLeft: 0 })).toBeUndefined()
})

test('takes one whose context window is large enough, and known', () => {
  expect(choose({ inputTokens: 262_000, outputTokens: 256, neuronsLeft: 1e9 })).toBeUndefined()
  expect(choose({ inputTokens: 250_000, outputTokens: 256, neuronsLeft: 1e9 })).toBe('@cf/qwen/qwen3.8-27b')
  expect(rejectionOf('@cf/meta/llama-3.3-70b-instruct-fp8-fast', { inputTokens: 24_000 })).toBe('context')
  expect(rejectionOf('@cf/meta/llama-3.1-8b-instruct-fp8-fast')).toBe('context')
})

test('never takes one that needs the paid plan or is withdrawn', () => {
  const paid = explainWorkersAIModel(needs()).filter(({ rejection }) => rejection === 'paid_plan')
  expect(paid.map(({ model }) => model.model).toSorted()).toEqual([
    '@cf/deepseek-ai/deepseek-v4-flash-0731',
    '@cf/deepseek-ai/deepseek-v4-pro-0813',
    '@cf/moonshotai/kimi-k2.6',
    '@cf/moonshotai/kimi-k2.7-code',
    '@cf/zai-org/glm-5.2',
    '@cf/zai-org/glm-5.3',
    '@cf/zai-org/glm-5.3-flash',
  ])
  expect(rejectionOf('@cf/moonshotai/kimi-k2.5')).toBe('withdrawn')
  expect(rejectionOf('@cf/meta/llama-3-8b-instruct')).toBe('withdrawn')
})

test('ranks chat models only, those that can be had first, and always alike', () => {
  const ranking = explainWorkersAIModel(needs({ needs: ['tools'] }))
  const names = ranking.map(({ model }) => model.model)
  expect(names).toEqual(explainWorkersAIModel(needs({ needs: ['tools'] })).map(({ model }) => model.model))
  expect(ranking.findIndex(({ rejection }) => rejection !== undefined)).toBe(
    ranking.filter(({ rejection }) => rejection === undefined).length,
  )
  expect(names.filter((name) => /guard|bge|whisper|smart-turn|distilbert|m2m100|flux|aura/.test(name))).toEqual([])
})

test('knows of Workers AI what Cloudflare says, not what the family can do elsewhere', () => {
  const find = (model: string) => findModel({ provider: 'workers-ai', model }, at)
  expect(find('@cf/meta/llama-3.2-3b-instruct')).toMatchObject({ capabilities: ['chat'], contextWindow: 80_000 })
  expect(find('@cf/qwen/qwen2.5-coder-32b-instruct')).toMatchObject({ capabilities: ['chat'], contextWindow: 32_768 })
  expect(find('@cf/google/gemma-4-26b-a4b-it')).toMatchObject({
    capabilities: ['chat', 'tools', 'json_schema', 'vision', 'reasoning'],
    contextWindow: 256_000,
    maxOutput: 16_384,
  })
  expect(find('@cf/pipecat-ai/smart-turn-v2')?.capabilities).toEqual([])
})
