import { HTTPClient, Mistral } from '@mistralai/mistralai'
import type { AssistantMessageContent, ToolCall } from '@mistralai/mistralai/models/components'
import { MistralError } from '@mistralai/mistralai/models/errors'
import { objectOf, parseObject } from '../../src/json.ts'
import { openaiChat } from '../../src/wire/openai-chat.ts'
import { codeOfOpenAI } from './openai-error.ts'
import { readArguments } from './read-arguments.ts'
import type { Fetch, SdkClient } from './sdk-client.ts'

const request = { model: 'the-model', messages: [{ role: 'user' as const, content: 'Hi' }] }
const chatOf = (fetch: Fetch) => new Mistral({ apiKey: 'key', httpClient: new HTTPClient({ fetcher: fetch }) }).chat

/** The `@mistralai/mistralai` package, which holds answers to its schemas. */
export const mistralClient: SdkClient = {
  name: '@mistralai/mistralai',
  format: openaiChat,
  // Usage comes without asking there, and `null` in its place is no valid answer.
  asked: { stream_options: { include_usage: false } },
  finish: {
    stop: ['stop'],
    length: ['length'],
    tool_calls: ['tool_calls'],
    function_call: ['function_call'],
    content_filter: ['content_filter'],
  },
  answer: async (fetch) => {
    const { choices, usage } = await chatOf(fetch).complete(request)
    const [choice] = choices
    return {
      text: textOf(choice?.message?.content),
      toolCalls: (choice?.message?.toolCalls ?? []).map(toHeardCall),
      finishReason: choice?.finishReason ?? '',
      usage: { input: usage.promptTokens, output: usage.completionTokens },
    }
  },
  stream: async (fetch) => {
    const calls: ToolCall[] = []
    let text = ''
    let finishReason = ''
    for await (const { data } of await chatOf(fetch).stream(request)) {
      const choice = data.choices.find(({ index }) => index === 0)
      text += textOf(choice?.delta.content)
      calls.push(...(choice?.delta.toolCalls ?? []))
      finishReason = choice?.finishReason ?? finishReason
    }
    return { text, toolCalls: calls.map(toHeardCall), finishReason, usage: {} }
  },
  readError: (error) => {
    if (!(error instanceof MistralError)) throw error
    const said = objectOf(parseObject(error.body)?.['error'])
    return { status: error.statusCode, message: String(said?.['message']), code: said?.['code'] }
  },
  codeOf: codeOfOpenAI,
}

function textOf(content: AssistantMessageContent | null | undefined): string {
  if (!Array.isArray(content)) return content ?? ''
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('')
}

function toHeardCall({ function: { name, arguments: words } }: ToolCall) {
  return { name, arguments: typeof words === 'string' ? readArguments(words) : words }
}
