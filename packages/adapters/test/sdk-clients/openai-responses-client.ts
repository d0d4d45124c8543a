import OpenAI from 'openai'
import { openaiResponses } from '../../src/wire/openai-responses.ts'
import { codeOfOpenAI, readOpenAIError } from './openai-error.ts'
import { readArguments } from './read-arguments.ts'
import type { Fetch, HeardAnswer, SdkClient } from './sdk-client.ts'

const request = { model: 'the-model', input: 'Hi' }
const responsesOf = (fetch: Fetch) => new OpenAI({ apiKey: 'key', maxRetries: 0, fetch }).responses

/** The Responses API of the `openai` package. */
export const openaiResponsesClient: SdkClient = {
  name: 'openai',
  format: openaiResponses,
  finish: {
    stop: ['completed'],
    length: ['max_output_tokens'],
    tool_calls: ['completed'],
    function_call: ['completed'],
    content_filter: ['content_filter'],
  },
  answer: async (fetch) => toHeard(await responsesOf(fetch).create(request)),
  stream: async (fetch) => toHeard(await responsesOf(fetch).stream(request).finalResponse()),
  readError: readOpenAIError,
  codeOf: codeOfOpenAI,
}

function toHeard({ output, usage, status, incomplete_details }: OpenAI.Responses.Response): HeardAnswer {
  return {
    text: output.flatMap(textOf).join(''),
    reasoning: output.flatMap(reasoningOf).join(''),
    toolCalls: output.flatMap((item) =>
      item.type === 'function_call' ? [{ name: item.name, arguments: readArguments(item.arguments) }] : [],
    ),
    finishReason: incomplete_details?.reason ?? status ?? '',
    usage: {
      input: usage?.input_tokens,
      output: usage?.output_tokens,
      cached: usage?.input_tokens_details.cached_tokens,
      cacheWrite: usage?.input_tokens_details.cache_write_tokens,
      reasoning: usage?.output_tokens_details.reasoning_tokens,
    },
  }
}

function textOf(item: OpenAI.Responses.ResponseOutputItem): string[] {
  if (item.type !== 'message') return []
  return item.content.map((part) => (part.type === 'refusal' ? part.refusal : part.text))
}

function reasoningOf(item: OpenAI.Responses.ResponseOutputItem): string[] {
  if (item.type !== 'reasoning') return []
  return [...item.summary, ...(item.content ?? [])].map(({ text }) => text)
}
