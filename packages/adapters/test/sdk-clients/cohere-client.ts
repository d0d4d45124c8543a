import { CohereClientV2, CohereError, type Cohere } from 'cohere-ai'
import { objectOf } from '../../src/json.ts'
import { cohereChat } from '../../src/wire/cohere-chat.ts'
import { readArguments } from './read-arguments.ts'
import type { Fetch, HeardAnswer, HeardCall, SdkClient } from './sdk-client.ts'

const request = { model: 'the-model', messages: [{ role: 'user' as const, content: 'Hi' }] }
const clientOf = (fetch: Fetch) => new CohereClientV2({ token: 'key', maxRetries: 0, fetch })

/** The `cohere-ai` package, second version of its API. */
export const cohereClient: SdkClient = {
  name: 'cohere-ai',
  format: cohereChat,
  finish: {
    stop: ['COMPLETE', 'STOP_SEQUENCE'],
    length: ['MAX_TOKENS'],
    tool_calls: ['TOOL_CALL'],
    function_call: ['TOOL_CALL'],
    content_filter: ['ERROR_TOXIC'],
  },
  answer: async (fetch) => {
    const { message, finishReason, usage } = await clientOf(fetch).chat(request)
    const content = message.content ?? []
    return {
      text: content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
      reasoning: content.map((part) => (part.type === 'thinking' ? part.thinking : '')).join(''),
      toolCalls: toHeardCalls(message.toolCalls ?? []),
      finishReason,
      usage: toHeardUsage(usage),
    }
  },
  stream: async (fetch) => toHeard(await Array.fromAsync(await clientOf(fetch).chatStream(request))),
  readError: (error) => {
    if (!(error instanceof CohereError)) throw error
    return { status: error.statusCode, message: String(objectOf(error.body)?.['message']) }
  },
}

function toHeard(events: readonly Cohere.V2ChatStreamResponse[]): HeardAnswer {
  const calls: Cohere.ToolCallV2[] = []
  let text = ''
  let reasoning = ''
  let end: Cohere.ChatMessageEndEventDelta | undefined
  for (const event of events) {
    if (event.type === 'content-delta') {
      text += event.delta?.message?.content?.text ?? ''
      reasoning += event.delta?.message?.content?.thinking ?? ''
    }
    if (event.type === 'tool-call-start' && event.delta?.message?.toolCalls) calls.push(event.delta.message.toolCalls)
    if (event.type === 'tool-call-delta') addArguments(calls, event.delta?.message?.toolCalls?.function?.arguments)
    if (event.type === 'message-end') end = event.delta
  }
  if (end?.error !== undefined) throw new CohereError({ body: { message: end.error } })
  return {
    text,
    reasoning,
    toolCalls: toHeardCalls(calls),
    finishReason: end?.finishReason ?? '',
    usage: toHeardUsage(end?.usage),
  }
}

function addArguments(calls: Cohere.ToolCallV2[], words = ''): void {
  const called = calls.at(-1)?.function
  if (called) called.arguments = `${called.arguments ?? ''}${words}`
}

function toHeardCalls(calls: readonly Cohere.ToolCallV2[]): HeardCall[] {
  return calls.map((call) => ({
    name: call.function?.name ?? '',
    arguments: readArguments(call.function?.arguments ?? ''),
  }))
}

function toHeardUsage(usage: Cohere.Usage | undefined): HeardAnswer['usage'] {
  return {
    input: usage?.tokens?.inputTokens,
    output: usage?.tokens?.outputTokens,
    cached: usage?.cachedTokens,
  }
}
