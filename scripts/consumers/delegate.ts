import type { LanguageModelV4, ProviderV4 } from '@ai-sdk/provider'
import { headerNames } from '@gw/headers'
import { createAiBinding, createResumableStream, createWorkersAI } from '@gw/workers-ai-delegate'

/** What users of the delegate write; it has to compile with no ambient types at all. */
const binding = createAiBinding({ baseURL: 'https://gw.example.com', token: 'gw_key' })
const workersai = createWorkersAI({ binding, gateway: { id: 'default' } })
export const provider: ProviderV4 = workersai
export const models: LanguageModelV4[] = [
  workersai('@cf/meta/llama-3.1-8b-instruct', { safePrompt: true }),
  workersai('openai/gpt-5', { fallback: { mode: 'server', models: ['anthropic/claude-sonnet-4-5'] } }),
  createWorkersAI({ accountId: 'a', apiKey: 'k' }).chat('@cf/openai/gpt-oss-20b'),
]
export const stream: ReadableStream<Uint8Array> = createResumableStream({ binding, gateway: 'default', runId: 'r' })
export const name: 'cf-aig-cache-ttl' = headerNames.cacheTtl
