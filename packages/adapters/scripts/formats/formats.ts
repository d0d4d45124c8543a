import type { JsonObject } from '../../src/json.ts'
import type { WireFormat } from '../../src/wire-format.ts'
import { anthropicMessages } from '../../src/wire/anthropic-messages.ts'
import { bedrockConverse } from '../../src/wire/bedrock-converse.ts'
import { cohereChat } from '../../src/wire/cohere-chat.ts'
import { geminiGenerate } from '../../src/wire/gemini-generate.ts'
import { ollamaChat } from '../../src/wire/ollama-chat.ts'
import { openaiChat } from '../../src/wire/openai-chat.ts'
import { openaiCompletions } from '../../src/wire/openai-completions.ts'
import { openaiResponses } from '../../src/wire/openai-responses.ts'
import { replicatePrediction } from '../../src/wire/replicate-prediction.ts'
import { workersAI } from '../../src/wire/workers-ai.ts'

/** A provider's format, with a model that stands for what its newer models can. */
export interface Upstream {
  format: WireFormat
  label: string
  model: string
}

const messages = [{ role: 'user', content: 'Hi' }]

export type Inbound = (typeof inbounds)[number]

export type InboundId = Inbound['id']

/** Formats that callers speak, each with the smallest request. */
export const inbounds = [
  { id: 'openai-chat', label: 'OpenAI Chat Completions', format: openaiChat, request: { messages } },
  { id: 'openai-responses', label: 'OpenAI Responses', format: openaiResponses, request: { input: messages } },
  {
    id: 'anthropic-messages',
    label: 'Anthropic Messages',
    format: anthropicMessages,
    request: { max_tokens: 4000, messages },
  },
  {
    id: 'gemini-generate',
    label: 'Gemini generateContent',
    format: geminiGenerate,
    request: { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] },
  },
  { id: 'cohere-chat', label: 'Cohere Chat v2', format: cohereChat, request: { messages } },
  { id: 'ollama-chat', label: 'Ollama chat', format: ollamaChat, request: { messages, stream: false } },
  { id: 'workers-ai', label: 'Workers AI run', format: workersAI, request: { messages } },
] as const satisfies readonly { id: string; label: string; format: WireFormat; request: JsonObject }[]

/** Formats that providers speak. */
export const upstreams: readonly Upstream[] = [
  { format: openaiChat, label: 'Chat', model: 'gpt-5' },
  { format: openaiResponses, label: 'Responses', model: 'gpt-5' },
  { format: anthropicMessages, label: 'Messages', model: 'claude-sonnet-4-5' },
  { format: geminiGenerate, label: 'Gemini', model: 'gemini-2.5-flash' },
  { format: cohereChat, label: 'Cohere', model: 'command-a-reasoning-08-2025' },
  { format: ollamaChat, label: 'Ollama', model: 'gpt-oss:20b' },
  { format: workersAI, label: 'Workers AI', model: '@cf/openai/gpt-oss-120b' },
  { format: bedrockConverse, label: 'Converse', model: 'anthropic.claude-sonnet-4-5-20250929-v1:0' },
  { format: openaiCompletions, label: 'Completions', model: 'gpt-3.5-turbo-instruct' },
  { format: replicatePrediction, label: 'Replicate', model: 'meta/llama-4-maverick-instruct' },
]
