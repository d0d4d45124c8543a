import { generateText, streamText } from 'ai'
import { describe, expect, test } from 'vitest'
import { createWorkersAI as createPublished } from 'workers-ai-provider'
import { anthropic as publishedAnthropic } from 'workers-ai-provider/anthropic'
import { google as publishedGoogle } from 'workers-ai-provider/google'
import { openai as publishedOpenai } from 'workers-ai-provider/openai'
import * as published from 'workers-ai-provider'
import {
  chatAnswer,
  chatEvents,
  createFakeAi,
  geminiAnswer,
  messagesAnswer,
  streamAnswer,
  type FakeAnswers,
  type FakeCalls,
} from './__fixtures__/fake-ai.ts'
import { anthropic } from './anthropic.ts'
import { createWorkersAI } from './create-workers-ai.ts'
import type { DelegateCallOptions } from './delegate/delegate-options.ts'
import { google } from './google.ts'
import * as own from './index.ts'
import { openai } from './openai.ts'

const publishedProviders = [publishedOpenai, publishedAnthropic, publishedGoogle]
const gateway = { id: 'gw', cacheKey: 'k', metadata: { a: 1 }, eventId: 'e', requestTimeoutMs: 9 }

interface Call {
  slug: string
  options?: DelegateCallOptions
  answers?: FakeAnswers
  stream?: boolean
}

/** What each package asks of the same binding for the same call. */
async function askBoth({ slug, options = {}, answers, stream = false }: Call): Promise<[FakeCalls, FakeCalls]> {
  const asked: FakeCalls[] = []
  for (const side of ['own', 'published'] as const) {
    const { ai, calls } = createFakeAi(answers)
    const binding = Object.assign(Object.create(null), ai)
    const model =
      side === 'own'
        ? createWorkersAI({ binding, gateway, providers: [openai, anthropic, google] })(slug, options)
        : createPublished({ binding, gateway, providers: publishedProviders })(slug, { ...options })
    const call = { model, prompt: 'hi', system: 'be brief', temperature: 0.5, maxOutputTokens: 9, maxRetries: 0 }
    if (stream) await streamText(call).consumeStream()
    else await generateText(call)
    asked.push(withoutCase(calls))
  }
  const [first, second] = asked
  if (!first || !second) throw new Error('both packages are asked')
  return [first, second]
}

/** Header names in lower case; HTTP does not tell them apart. */
function withoutCase(calls: FakeCalls): FakeCalls {
  const universal = calls.universal.map(({ entries, ...rest }) => ({
    ...rest,
    entries: entries.map(({ headers, ...entry }) => ({
      ...entry,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    })),
  }))
  return { ...calls, universal }
}

const gemini = { universal: () => geminiAnswer('fine') }
const claude = { run: () => messagesAnswer('fine'), universal: () => messagesAnswer('fine') }

describe('a call asks the binding for what the published package asks for', () => {
  test.each<Call>([
    { slug: 'openai/gpt-4o' },
    { slug: 'openai/gpt-5' },
    { slug: 'anthropic/claude-sonnet-4-5', answers: claude },
    { slug: 'google/gemini-2.5-flash' },
    { slug: 'grok/grok-3' },
    { slug: 'alibaba/qwen3-max' },
    { slug: 'deepseek/deepseek-v4-pro' },
    { slug: 'dynamic/support' },
    { slug: 'openai/gpt-4o', stream: true, answers: { run: () => streamAnswer(chatEvents('fine').join('')) } },
    { slug: 'openai/gpt-4o', options: { zdr: true, metadata: { b: 2 }, collectLog: false } },
    { slug: 'openai/gpt-4o', options: { extraHeaders: { 'x-trace': '1' }, gateway: 'other' } },
    { slug: 'openai/gpt-4o', options: { transport: 'gateway' } },
    { slug: 'openai/gpt-4o', options: { cacheTtl: 60, skipCache: true } },
    { slug: 'openai/gpt-4o', options: { transport: 'gateway', byokAlias: 'x', zdr: false, metadata: { n: 7n } } },
    { slug: 'anthropic/claude-sonnet-4-5', options: { transport: 'gateway' }, answers: claude },
    { slug: 'google/gemini-2.5-flash', options: { transport: 'gateway' }, answers: gemini },
    ...['xai/grok-3', 'groq/llama', 'deepseek/chat', 'mistral/small', 'perplexity/sonar', 'cerebras/llama'].map(
      (slug) => ({
        slug,
        options: { transport: 'gateway' as const },
      }),
    ),
    ...['openrouter/a/b', 'fireworks/llama'].map((slug) => ({ slug })),
    { slug: 'mistral/small', options: { byok: true, extraHeaders: { authorization: 'Bearer sk-own' } } },
    { slug: 'openai/gpt-4o', options: { fallback: { mode: 'server', models: ['openai/gpt-4o-mini'] } } },
    {
      slug: 'openai/gpt-4o',
      options: { fallback: { mode: 'server', models: ['anthropic/claude-sonnet-4-5', 'google/gemini-2.5-flash'] } },
    },
    { slug: 'openai/gpt-4o', options: { fallback: { mode: 'client', models: ['openai/gpt-4o-mini'] } } },
  ])('$slug $options', async (call) => {
    const [ours, theirs] = await askBoth(call)
    expect(ours).toEqual(theirs)
  })
})

test('a client fallback tries what the published one tries', async () => {
  const answers = { run: (call: number) => (call < 2 ? Response.json({}, { status: 503 }) : chatAnswer('fine')) }
  const fallback = { mode: 'client' as const, models: ['openai/gpt-4o-mini', 'groq/llama'] }
  const [ours, theirs] = await askBoth({ slug: 'openai/gpt-4o', options: { fallback }, answers })
  expect(ours).toEqual(theirs)
})

test('every published name is here', () => {
  expect(Object.keys(own)).toEqual(expect.arrayContaining(Object.keys(published)))
})
