import Anthropic, { APIError } from '@anthropic-ai/sdk'
import { objectOf } from '../../src/json.ts'
import { anthropicMessages } from '../../src/wire/anthropic-messages.ts'
import type { Fetch, HeardAnswer, SdkClient } from './sdk-client.ts'

const request = { model: 'the-model', max_tokens: 4096, messages: [{ role: 'user' as const, content: 'Hi' }] }
const messagesOf = (fetch: Fetch) => new Anthropic({ apiKey: 'key', maxRetries: 0, fetch }).messages

/** The `@anthropic-ai/sdk` package. */
export const anthropicClient: SdkClient = {
  name: '@anthropic-ai/sdk',
  format: anthropicMessages,
  finish: {
    stop: ['end_turn', 'stop_sequence'],
    length: ['max_tokens'],
    tool_calls: ['tool_use'],
    function_call: ['tool_use'],
    content_filter: ['refusal'],
  },
  answer: async (fetch) => toHeard(await messagesOf(fetch).create(request)),
  stream: async (fetch) => toHeard(await messagesOf(fetch).stream(request).finalMessage()),
  readError: (error) => {
    if (!(error instanceof APIError)) throw error
    const said = objectOf(objectOf(error.error)?.['error'])
    return { status: error.status, message: String(said?.['message']), code: error.type }
  },
  codeOf: ({ error }) => objectOf(error)?.['type'],
}

function toHeard({ content, stop_reason, usage }: Anthropic.Message): HeardAnswer {
  const { cache_read_input_tokens, cache_creation_input_tokens } = usage
  const cached = cache_read_input_tokens ?? 0
  const cacheWrite = cache_creation_input_tokens ?? 0
  return {
    text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    reasoning: content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join(''),
    toolCalls: content.flatMap((block) =>
      block.type === 'tool_use' ? [{ name: block.name, arguments: block.input }] : [],
    ),
    finishReason: stop_reason ?? '',
    usage: {
      input: usage.input_tokens + cached + cacheWrite,
      output: usage.output_tokens,
      cached,
      cacheWrite,
      reasoning: usage.output_tokens_details?.thinking_tokens,
    },
  }
}
