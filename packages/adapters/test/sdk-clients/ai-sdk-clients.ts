import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import {
  APICallError,
  type LanguageModelV4,
  type LanguageModelV4CallOptions,
  type LanguageModelV4GenerateResult,
  type LanguageModelV4StreamPart,
  type LanguageModelV4ToolCall,
  type LanguageModelV4Usage,
} from '@ai-sdk/provider'
import type { ChatRequest, FinishReason } from '../../src/chat.ts'
import { isObject } from '../../src/json.ts'
import { anthropicMessages } from '../../src/wire/anthropic-messages.ts'
import { geminiGenerate } from '../../src/wire/gemini-generate.ts'
import { openaiChat } from '../../src/wire/openai-chat.ts'
import { openaiResponses } from '../../src/wire/openai-responses.ts'
import { readArguments } from './read-arguments.ts'
import type { Fetch, HeardAnswer, HeardCall, SdkClient, UsageField } from './sdk-client.ts'

const finish: Readonly<Record<FinishReason, readonly string[]>> = {
  stop: ['stop'],
  length: ['length'],
  tool_calls: ['tool-calls'],
  function_call: ['tool-calls'],
  content_filter: ['content-filter'],
}

const settings = { baseURL: 'https://gateway.example.com/v1', apiKey: 'key' }

/** What `@ai-sdk/openai` needs to hear of reasoning. */
const summary: Partial<ChatRequest> = {
  extra: { reasoning: { summary: 'auto' } },
  extra_format: openaiResponses.id,
}

/** The models of AI SDK providers. */
export const aiSdkClients = {
  openaiCompatible: aiSdkClient({
    name: '@ai-sdk/openai-compatible',
    format: openaiChat,
    deaf: ['cacheWrite'],
    modelOf: (fetch) =>
      createOpenAICompatible({ name: 'gateway', includeUsage: true, ...settings, fetch })('the-model'),
  }),
  openaiChat: aiSdkClient({
    name: '@ai-sdk/openai .chat()',
    format: openaiChat,
    deaf: ['reasoning text'],
    modelOf: (fetch) => createOpenAI({ ...settings, fetch }).chat('the-model'),
  }),
  openaiResponses: aiSdkClient({
    name: '@ai-sdk/openai',
    format: openaiResponses,
    asked: summary,
    modelOf: (fetch) => createOpenAI({ ...settings, fetch })('the-model'),
  }),
  anthropic: aiSdkClient({
    name: '@ai-sdk/anthropic',
    format: anthropicMessages,
    modelOf: (fetch) => createAnthropic({ ...settings, fetch })('the-model'),
  }),
  google: aiSdkClient({
    name: '@ai-sdk/google',
    format: geminiGenerate,
    deaf: ['cacheWrite'],
    modelOf: (fetch) => createGoogle({ ...settings, fetch })('the-model'),
  }),
} as const

interface AiSdkClient extends Pick<SdkClient, 'name' | 'format' | 'asked'> {
  modelOf(fetch: Fetch): LanguageModelV4
  /** What the provider has no word for. */
  deaf?: readonly (UsageField | 'reasoning text')[]
}

const request: LanguageModelV4CallOptions = { prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] }

function aiSdkClient({ modelOf, deaf = [], ...client }: AiSdkClient): SdkClient {
  const without = ({ reasoning, usage, ...heard }: HeardAnswer): HeardAnswer => ({
    ...heard,
    ...(!deaf.includes('reasoning text') && { reasoning }),
    usage: Object.fromEntries(Object.entries(usage).filter(([field]) => !deaf.some((name) => name === field))),
  })
  return {
    ...client,
    finish,
    answer: async (fetch) => without(toHeard(await modelOf(fetch).doGenerate(request))),
    stream: async (fetch) => {
      const { stream } = await modelOf(fetch).doStream(request)
      return without(toHeardStream(await Array.fromAsync(stream)))
    },
    readError: (error) => {
      if (!APICallError.isInstance(error)) throw error
      return { status: error.statusCode, message: error.message }
    },
    readStreamError: (error) => (isObject(error) ? error['message'] : error),
  }
}

function toHeard({ content, finishReason, usage }: LanguageModelV4GenerateResult): HeardAnswer {
  return {
    text: content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    reasoning: content.map((part) => (part.type === 'reasoning' ? part.text : '')).join(''),
    toolCalls: content.filter((part) => part.type === 'tool-call').flatMap(toHeardCall),
    finishReason: finishReason.unified,
    usage: toHeardUsage(usage),
  }
}

function toHeardStream(parts: readonly LanguageModelV4StreamPart[]): HeardAnswer {
  const failure = parts.find((part) => part.type === 'error')
  if (failure) throw failure.error
  const end = parts.find((part) => part.type === 'finish')
  if (!end) throw new Error('The stream has no end.')
  return {
    text: parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join(''),
    reasoning: parts.map((part) => (part.type === 'reasoning-delta' ? part.delta : '')).join(''),
    toolCalls: parts.filter((part) => part.type === 'tool-call').flatMap(toHeardCall),
    finishReason: end.finishReason.unified,
    usage: toHeardUsage(end.usage),
  }
}

/** Images that the vendor made are calls here too. */
function toHeardCall({ toolName, input, providerExecuted }: LanguageModelV4ToolCall): HeardCall[] {
  return providerExecuted ? [] : [{ name: toolName, arguments: readArguments(input) }]
}

function toHeardUsage({ inputTokens, outputTokens }: LanguageModelV4Usage): HeardAnswer['usage'] {
  return {
    input: inputTokens.total,
    output: outputTokens.total,
    cached: inputTokens.cacheRead,
    cacheWrite: inputTokens.cacheWrite,
    reasoning: outputTokens.reasoning,
  }
}
