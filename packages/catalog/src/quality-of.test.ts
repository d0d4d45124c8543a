import { expect, test } from 'vitest'
import { listModels, qualityOf, type QualityTask } from './index.ts'
import { qualityPriors, qualityTasks } from './quality-priors.ts'

const at = Date.UTC(2026, 10, 21, 12)

test.each([
  ['anthropic/claude-opus-4-5', 'code', { quality: 10, tier: 5 }],
  ['claude-sonnet-4-5', 'chat', { quality: 9, tier: 5 }],
  ['GPT-5-mini', 'extraction', { quality: 7.5, tier: 4 }],
  ['@cf/openai/gpt-oss-20b', 'reasoning', { quality: 7, tier: 4 }],
  ['gpt-4o-mini', 'vision', { quality: 5.5, tier: 3 }],
  ['llama-3.1-8b-instruct', 'code', { quality: 3.5, tier: 2 }],
  ['@cf/meta/llama-3.2-1b-instruct', 'chat', { quality: 2, tier: 1 }],
] as const)('%s at %s is %j', (model, task, expected) => {
  expect(qualityOf(model, task)).toMatchObject(expected)
})

test('says whose judgement it is and where to read on', () => {
  expect(qualityOf('claude-opus-4-5', 'chat')?.source).toBe(
    'own judgement after https://www.anthropic.com/system-cards',
  )
  expect(qualityOf('gpt-oss-120b', 'code')?.source).toBe('own judgement after https://arxiv.org/abs/2508.10925')
})

test.each<[string, QualityTask]>([
  ['my-finetune', 'chat'],
  ['whisper-large-v3', 'chat'],
  ['text-embedding-3-small', 'extraction'],
  ['gpt-oss-20b', 'vision'],
])('does not judge %s at %s', (model, task) => {
  expect(qualityOf(model, task)).toBeUndefined()
})

test('every row is on the scale and cites a public page', () => {
  const wrong = Object.entries(qualityPriors).filter(([, row]) => {
    const [source, ...numbers] = row.toReversed()
    const isOnScale = numbers.every((number) => typeof number === 'number' && number >= 0 && number <= 10)
    const isPublic = /^(?:\d{4}\.\d{5}|https:\/\/\S+)$/.test(String(source))
    return !isOnScale || !isPublic || numbers.length !== qualityTasks.length
  })
  expect(wrong).toEqual([])
})

test('the quality that the catalog lists is that for chat', () => {
  const models = listModels(at).filter(({ model }) => qualityOf(model, 'chat') !== undefined)
  expect(models.length).toBeGreaterThan(200)
  expect(models.filter(({ model, quality }) => qualityOf(model, 'chat')?.quality !== quality)).toEqual([])
})
