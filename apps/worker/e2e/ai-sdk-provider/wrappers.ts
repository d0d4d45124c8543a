import type { LanguageModel } from 'ai'
import { createAnthropic } from '@gw/ai-sdk-provider/providers/anthropic'
import { createAzure } from '@gw/ai-sdk-provider/providers/azure'
import { createBaseten } from '@gw/ai-sdk-provider/providers/baseten'
import { createCerebras } from '@gw/ai-sdk-provider/providers/cerebras'
import { createCohere } from '@gw/ai-sdk-provider/providers/cohere'
import { createDeepSeek } from '@gw/ai-sdk-provider/providers/deepseek'
import { createFireworks } from '@gw/ai-sdk-provider/providers/fireworks'
import { createGoogleGenerativeAI } from '@gw/ai-sdk-provider/providers/google'
import { createGroq } from '@gw/ai-sdk-provider/providers/groq'
import { createMistral } from '@gw/ai-sdk-provider/providers/mistral'
import { createOpenAI } from '@gw/ai-sdk-provider/providers/openai'
import { createOpenRouter } from '@gw/ai-sdk-provider/providers/openrouter'
import { createPerplexity } from '@gw/ai-sdk-provider/providers/perplexity'
import { createTogetherAI } from '@gw/ai-sdk-provider/providers/togetherai'
import { createUnified } from '@gw/ai-sdk-provider/providers/unified'

/** A provider of the package, and what its request looks like when it has passed the gateway. */
export interface Wrapper {
  name: string
  model(id?: string): Extract<LanguageModel, { specificationVersion: 'v4' }>
  /** The provider that is asked, in the gateway's words. */
  provider: string
  modelId: string
  /** Where the provider gets its secret, and which. */
  secret: [header: string, value: string]
  /** Nano-USD for two tokens in and four out; `null` where the catalog has no price. */
  cost: number | null
  /** Whether its package asks streams for their usage; else what they cost is estimated. */
  asksForUsage: boolean
}

const own = { apiKey: 'sk-own' }
const environment = (id: string): [string, string] => ['authorization', `Bearer sk-env-${id}`]

/**
 * Those whose requests the simulator understands: chat completions, Messages, Gemini and Cohere, not Responses. Prices
 * are those that `providers.test.ts` gives its reasons for.
 */
export const wrappers: readonly Wrapper[] = [
  {
    name: 'openai',
    model: (id = 'gpt-4o-mini') => createOpenAI().chat(id),
    provider: 'openai',
    modelId: 'gpt-4o-mini',
    secret: environment('openai'),
    cost: 2 * 150 + 4 * 600,
    asksForUsage: true,
  },
  {
    name: 'openai, with a key of the caller’s own',
    model: (id = 'gpt-4o-mini') => createOpenAI(own).chat(id),
    provider: 'openai',
    modelId: 'gpt-4o-mini',
    secret: ['authorization', 'Bearer sk-own'],
    cost: 2 * 150 + 4 * 600,
    asksForUsage: true,
  },
  {
    name: 'anthropic',
    model: (id = 'claude-sonnet-4-5') => createAnthropic()(id),
    provider: 'anthropic',
    modelId: 'claude-sonnet-4-5',
    secret: ['x-api-key', 'sk-env-anthropic'],
    cost: 2 * 3000 + 4 * 15_000,
    asksForUsage: true,
  },
  {
    name: 'google',
    model: (id = 'gemini-2.5-flash') => createGoogleGenerativeAI()(id),
    provider: 'google-ai-studio',
    modelId: 'gemini-2.5-flash',
    secret: ['x-goog-api-key', 'sk-env-google-ai-studio'],
    cost: 2 * 300 + 4 * 2500,
    asksForUsage: true,
  },
  {
    name: 'groq',
    model: (id = 'llama-3.3-70b-versatile') => createGroq()(id),
    provider: 'groq',
    modelId: 'llama-3.3-70b-versatile',
    secret: environment('groq'),
    cost: 2 * 590 + 4 * 790,
    asksForUsage: false,
  },
  {
    name: 'deepseek',
    model: (id = 'deepseek-v3.2-exp') => createDeepSeek()(id),
    provider: 'deepseek',
    modelId: 'deepseek-v3.2-exp',
    secret: environment('deepseek'),
    cost: 2 * 270 + 4 * 410,
    asksForUsage: true,
  },
  {
    name: 'mistral',
    model: (id = 'mistral-small-latest') => createMistral()(id),
    provider: 'mistral',
    modelId: 'mistral-small-latest',
    secret: environment('mistral'),
    cost: 2 * 100 + 4 * 300,
    asksForUsage: true,
  },
  {
    name: 'perplexity',
    model: (id = 'sonar') => createPerplexity()(id),
    provider: 'perplexity-ai',
    modelId: 'sonar',
    secret: environment('perplexity-ai'),
    cost: 2 * 1000 + 4 * 1000 + 12_000_000,
    asksForUsage: false,
  },
  {
    name: 'togetherai',
    model: (id = 'meta-llama/Llama-3.3-70B-Instruct-Turbo') => createTogetherAI()(id),
    provider: 'together',
    modelId: 'meta-llama/Llama-3.3-70B-Instruct-Turbo',
    secret: environment('together'),
    cost: 2 * 880 + 4 * 880,
    asksForUsage: true,
  },
  {
    name: 'cerebras',
    model: (id = 'llama-3.3-70b') => createCerebras()(id),
    provider: 'cerebras',
    modelId: 'llama-3.3-70b',
    secret: environment('cerebras'),
    cost: 2 * 850 + 4 * 1200,
    asksForUsage: false,
  },
  {
    name: 'fireworks',
    model: (id = 'accounts/fireworks/models/llama-v3p3-70b-instruct') => createFireworks()(id),
    provider: 'fireworks',
    modelId: 'accounts/fireworks/models/llama-v3p3-70b-instruct',
    secret: environment('fireworks'),
    cost: null,
    asksForUsage: true,
  },
  {
    name: 'openrouter',
    model: (id = 'openai/gpt-4o-mini') => createOpenRouter({ compatibility: 'strict' })(id),
    provider: 'openrouter',
    modelId: 'openai/gpt-4o-mini',
    secret: environment('openrouter'),
    cost: 2 * 150 + 4 * 600,
    asksForUsage: true,
  },
  {
    name: 'cohere',
    model: (id = 'command-a-03-2025') => createCohere()(id),
    provider: 'cohere',
    modelId: 'command-a-03-2025',
    secret: environment('cohere'),
    cost: 2 * 2500 + 4 * 10_000,
    asksForUsage: true,
  },
  {
    name: 'baseten',
    model: (id = 'org/x') => createBaseten(own)(id),
    provider: 'baseten',
    modelId: 'org/x',
    secret: ['authorization', 'Bearer sk-own'],
    cost: null,
    asksForUsage: true,
  },
  {
    name: 'azure, with v1 URLs',
    model: (id = 'gpt-4o-mini') => createAzure({ ...own, resourceName: 'my-resource' }).chat(id),
    provider: 'azure-openai',
    modelId: 'gpt-4o-mini',
    secret: ['api-key', 'sk-own'],
    cost: 2 * 150 + 4 * 600,
    asksForUsage: true,
  },
  {
    name: 'unified',
    model: (id = 'anthropic/claude-sonnet-4-5') => createUnified({ includeUsage: true }).chatModel(id),
    provider: 'anthropic',
    modelId: 'claude-sonnet-4-5',
    secret: ['x-api-key', 'sk-env-anthropic'],
    cost: 2 * 3000 + 4 * 15_000,
    asksForUsage: true,
  },
]
