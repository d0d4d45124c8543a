import {
  anthropicMessages,
  bedrockConverse,
  cohereChat,
  geminiGenerate,
  ollamaChat,
  openaiChat,
  openaiResponses,
  type ChatRequest,
  type JsonObject,
  type WireFormat,
} from '@gw/adapters'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Recorded tool loops, which lie beside the repository where they are at hand. */
const root = fileURLToPath(new URL('../../../../../shared/corpus/scenarios/', import.meta.url))
export const hasScenarios = existsSync(root)

export interface Recorded {
  status: number
  headers: Record<string, string>
  body?: unknown
  sse?: string
  ndjson?: string
}

export interface Step {
  request: { url: string; body: JsonObject }
  response: Recorded
  expect: {
    text?: string
    toolCalls?: { name: string; arguments?: unknown; argumentsText?: string }[]
    usage?: { output: number; total: number }
  }
}

export interface Scenario {
  id: string
  kind: string
  provider: string
  api: string
  streaming: boolean
  steps: Step[]
}

/** A dialect of the recordings, and the provider of ours that speaks it. */
export interface Dialect {
  wire: WireFormat
  /** The model as the gateway's callers name it. */
  nameOf(model: string): string
}

const at = (provider: string) => (model: string) => `${provider}/${model.replace(/^models\//, '')}`

const dialects: Readonly<Record<string, Dialect>> = {
  'openai.chat': { wire: openaiChat, nameOf: at('vllm') },
  // A model that is served by this API alone, whoever asks.
  'openai.responses': { wire: openaiResponses, nameOf: () => 'openai/gpt-5-codex' },
  'anthropic.messages': { wire: anthropicMessages, nameOf: at('anthropic') },
  'gemini.generateContent': { wire: geminiGenerate, nameOf: at('google-ai-studio') },
  'cohere.chat_v2': { wire: cohereChat, nameOf: at('cohere') },
  'bedrock.converse': { wire: bedrockConverse, nameOf: at('aws-bedrock') },
  'ollama.chat': { wire: ollamaChat, nameOf: at('ollama') },
}

/** Providers of the recordings whose deviations from OpenAI's chat are known by their names. */
const chatProviders: Readonly<Record<string, string>> = {
  openai: 'openai',
  groq: 'groq',
  deepseek: 'deepseek',
  xai: 'grok',
  mistral: 'mistral',
  openrouter: 'openrouter',
  huggingface: 'huggingface',
  'azure-openai': 'azure-openai/resource',
  ollama: 'ollama',
}

export function dialectOf({ api, provider }: Scenario): Dialect {
  const dialect = dialects[api]
  if (!dialect) throw new Error(`Nothing of ours speaks ${api}.`)
  const own = api === 'openai.chat' ? chatProviders[provider] : undefined
  return own === undefined ? dialect : { ...dialect, nameOf: at(own) }
}

/** Tool loops of text, each with all of its steps. */
export function readScenarios(): Scenario[] {
  const files = readdirSync(root).filter((file) => file.endsWith('.json') && file !== 'index.json')
  return files
    .map((file): Scenario => JSON.parse(readFileSync(root + file, 'utf8')))
    .filter(({ kind }) => kind.startsWith('tool-loop'))
}

/** The model of a step, which some dialects name in the URL. */
export function modelOf({ request: { url, body } }: Step): string {
  const inUrl = /\/models?\/([^/]+?)(?::[a-zA-Z]+|\/converse)?(?:\?|$)/.exec(url)?.[1]
  return typeof body['model'] === 'string' ? body['model'] : decodeURIComponent(inUrl ?? 'some-model')
}

/** What a step asks, in the words that all dialects share. */
export function askedIn(step: Step, { wire }: Dialect): ChatRequest {
  let count = 0
  const context = { model: modelOf(step), now: () => 0, createId: () => `id${(count += 1)}` }
  return wire.parseRequest(step.request.body, context)
}
