/** A model of the run. Prices are written down here by hand, and not read from the catalog that is under test. */
export interface Model {
  provider: ProviderId
  name: string
  dialect: 'openai' | 'anthropic' | 'gemini'
  /** Path below the provider's base; of a stream where that differs. */
  path: string
  streamPath?: string
  /** Nano-USD per token; `undefined`: not checked by hand. */
  price?: { input: number; output: number }
  weight: number
}

export type ProviderId = 'openai' | 'anthropic' | 'google-ai-studio' | 'groq' | 'workers-ai'

const openai = { dialect: 'openai', path: 'chat/completions' } as const

/** Dollars per million tokens are thousands of nano-dollars per token. */
export const models: readonly [Model, ...Model[]] = [
  { provider: 'openai', name: 'gpt-4o-mini', ...openai, price: { input: 150, output: 600 }, weight: 30 },
  { provider: 'openai', name: 'gpt-4o', ...openai, price: { input: 2500, output: 10_000 }, weight: 15 },
  {
    provider: 'anthropic',
    name: 'claude-haiku-4-5',
    dialect: 'anthropic',
    path: 'v1/messages',
    price: { input: 1000, output: 5000 },
    weight: 25,
  },
  {
    provider: 'google-ai-studio',
    name: 'gemini-2.5-flash',
    dialect: 'gemini',
    path: 'v1beta/models/gemini-2.5-flash:generateContent',
    streamPath: 'v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
    price: { input: 300, output: 2500 },
    weight: 20,
  },
  { provider: 'groq', name: 'llama-3.1-8b-instant', ...openai, price: { input: 50, output: 80 }, weight: 7 },
  { provider: 'workers-ai', name: '@cf/meta/llama-3.1-8b-instruct', ...openai, weight: 3 },
]
