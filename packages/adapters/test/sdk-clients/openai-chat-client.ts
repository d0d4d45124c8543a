import OpenAI from 'openai'
import { stringOf } from '../../src/json.ts'
import { openaiChat } from '../../src/wire/openai-chat.ts'
import { codeOfOpenAI, readOpenAIError } from './openai-error.ts'
import { readArguments } from './read-arguments.ts'
import type { Fetch, HeardAnswer, SdkClient } from './sdk-client.ts'

const request = { model: 'the-model', messages: [{ role: 'user' as const, content: 'Hi' }] }
const completionsOf = (fetch: Fetch) => new OpenAI({ apiKey: 'key', maxRetries: 0, fetch }).chat.completions

/** The `openai` package. Its stream helper keeps the last piece only of fields that it does not know. */
export const openaiChatClient: SdkClient = {
  name: 'openai',
  format: openaiChat,
  finish: {
    stop: ['stop'],
    length: ['length'],
    tool_calls: ['tool_calls'],
    function_call: ['function_call'],
    content_filter: ['content_filter'],
  },
  answer: async (fetch) => {
    const completion = await completionsOf(fetch).create(request)
    const message = completion.choices[0]?.message
    const reasoning = message && 'reasoning_content' in message ? message.reasoning_content : ''
    return { ...toHeard(completion), reasoning: stringOf(reasoning) ?? '' }
  },
  stream: async (fetch) =>
    toHeard(
      await completionsOf(fetch)
        .stream({ ...request, stream_options: { include_usage: true } })
        .finalChatCompletion(),
    ),
  readError: readOpenAIError,
  codeOf: codeOfOpenAI,
}

function toHeard({ choices: [choice], usage }: OpenAI.ChatCompletion): HeardAnswer {
  const { content, refusal, tool_calls: calls = [] } = choice?.message ?? {}
  return {
    text: content || (refusal ?? ''),
    toolCalls: calls.flatMap((call) =>
      call.type === 'function' ? [{ name: call.function.name, arguments: readArguments(call.function.arguments) }] : [],
    ),
    finishReason: choice?.finish_reason ?? '',
    usage: {
      input: usage?.prompt_tokens,
      output: usage?.completion_tokens,
      cached: usage?.prompt_tokens_details?.cached_tokens,
      cacheWrite: usage?.prompt_tokens_details?.cache_write_tokens,
      reasoning: usage?.completion_tokens_details?.reasoning_tokens,
    },
  }
}
