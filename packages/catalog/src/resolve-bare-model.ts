import type { ModelRef } from './find-row.ts'
import { loadModels } from './load-models.ts'
import { priceSources } from './price-sources.ts'

/** Names that belong to the vendor who makes the model, known to the data or newer than it. */
const vendors: readonly (readonly [pattern: RegExp, provider: string])[] = [
  [/^@(?:cf|hf)\//, 'workers-ai'],
  [/^claude-/, 'anthropic'],
  [/^(?:gpt-(?!oss)|chatgpt-|o[1-9](?:-|$)|codex-|computer-use|text-embedding-(?:3|ada)|omni-moderation)/, 'openai'],
  [/^(?:dall-e-|tts-1|whisper-1$|sora-|davinci|babbage|ft:(?:gpt-|o\d))/, 'openai'],
  [/^(?:models\/)?(?:gemini-|imagen-|veo-|text-embedding-00|learnlm)/, 'google-ai-studio'],
  [/^grok-/, 'grok'],
  [/^deepseek-(?:chat|reasoner|coder|v\d)/, 'deepseek'],
  [/^(?:(?:mi|code|dev|magi|mini)stral|open-mi[sx]tral|pixtral|voxtral)-/, 'mistral'],
  [/^sonar(?:-|$)/, 'perplexity-ai'],
  [/^(?:command-|c4ai-|embed-(?:v4|english|multilingual)|rerank-)/, 'cohere'],
]

/** Where a model that nobody serves first-hand is looked for, by its exact id. */
const resellers = ['groq', 'cerebras', 'together', 'fireworks', 'moonshotai', 'minimax', 'openrouter']

/**
 * The provider of a model that is named without one: the vendor who makes it, or else the first host that lists
 * exactly this id. `undefined` for a name that could be anything; never a guess.
 *
 * @example
 * resolveBareModel('gpt-5') // { provider: 'openai', model: 'gpt-5' }
 */
export function resolveBareModel(model: string): ModelRef | undefined {
  const name = model.trim().toLowerCase()
  const vendor = vendors.find(([pattern]) => pattern.test(name))
  if (vendor) return { provider: vendor[1], model }

  const provider = resellers.find((reseller) => hosts(reseller, name))
  return provider === undefined ? undefined : { provider, model }
}

const hosts = (provider: string, name: string) =>
  priceSources(provider).some((source) => loadModels(source).some(([id]) => id.toLowerCase() === name))
