import OpenAI from 'openai'
import { openaiCompletions } from '../../src/wire/openai-completions.ts'
import { codeOfOpenAI, readOpenAIError } from './openai-error.ts'
import type { Fetch, SdkClient } from './sdk-client.ts'

const request = { model: 'the-model', prompt: 'Hi' }
const completionsOf = (fetch: Fetch) => new OpenAI({ apiKey: 'key', maxRetries: 0, fetch }).completions

/** The legacy completions of the `openai` package. */
export const openaiCompletionsClient: SdkClient = {
  name: 'openai',
  format: openaiCompletions,
  finish: {
    stop: ['stop'],
    length: ['length'],
    tool_calls: ['stop'],
    function_call: ['stop'],
    content_filter: ['content_filter'],
  },
  answer: async (fetch) => {
    const { choices, usage } = await completionsOf(fetch).create(request)
    const [choice] = choices
    return {
      text: choice?.text ?? '',
      finishReason: choice?.finish_reason ?? '',
      usage: { input: usage?.prompt_tokens, output: usage?.completion_tokens },
    }
  },
  stream: async (fetch) => {
    const stream = await completionsOf(fetch).create({ ...request, stream: true })
    let text = ''
    let finishReason = ''
    let counted: OpenAI.CompletionUsage | undefined
    for await (const { choices, usage } of stream) {
      const choice = choices.find(({ index }) => index === 0)
      text += choice?.text ?? ''
      finishReason = choice?.finish_reason ?? finishReason
      counted = usage ?? counted
    }
    return {
      text,
      finishReason,
      usage: { input: counted?.prompt_tokens, output: counted?.completion_tokens },
    }
  },
  readError: readOpenAIError,
  codeOf: codeOfOpenAI,
}
