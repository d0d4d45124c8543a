import type { LanguageModelV4 } from '@ai-sdk/provider'
import { expect, test } from 'vitest'
import { createFakeAi } from '../__fixtures__/fake-ai.ts'
import { createWorkersAI } from '../create-workers-ai.ts'
import { openai } from '../openai.ts'
import { anthropic } from '../anthropic.ts'
import { intersectUrls } from './intersect-urls.ts'

function modelWith(supportedUrls: LanguageModelV4['supportedUrls']): LanguageModelV4 {
  const never = (): never => {
    throw new Error('not called')
  }
  return { specificationVersion: 'v4', provider: 'p', modelId: 'm', supportedUrls, doGenerate: never, doStream: never }
}

test('a URL passes if every model takes it', async () => {
  const image = { 'image/*': [/^https?:/, /^gs:/], 'application/pdf': [/^https:/] }
  const models = [modelWith(image), modelWith(Promise.resolve({ 'image/*': [/^https?:/] }))]
  expect(await intersectUrls(models)).toEqual({ 'image/*': [/^https?:/], 'application/pdf': [] })
  expect(await intersectUrls([modelWith(image)])).toBe(image)
  expect(await intersectUrls([])).toEqual({})
})

test('a chain takes the URLs that all of its models take', async () => {
  const workersai = createWorkersAI({ binding: createFakeAi().ai, providers: [openai, anthropic] })
  const urlsOf = (mode: 'client' | 'server', ...models: string[]) =>
    workersai('openai/gpt-4o', { fallback: { mode, models } }).supportedUrls
  expect(await urlsOf('client', '@cf/meta/llama-4-scout')).toEqual({ 'image/*': [] })
  for (const mode of ['client', 'server'] as const) {
    expect(await urlsOf(mode, 'openai/gpt-4o-mini')).toEqual(await workersai('openai/gpt-4o').supportedUrls)
  }
})
