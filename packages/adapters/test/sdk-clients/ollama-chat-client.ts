import { Ollama, type ChatResponse } from 'ollama'
import { ollamaChat } from '../../src/wire/ollama-chat.ts'
import type { HeardAnswer, SdkClient } from './sdk-client.ts'

const request = { model: 'the-model', messages: [{ role: 'user', content: 'Hi' }] }

/** The `ollama` package. */
export const ollamaChatClient: SdkClient = {
  name: 'ollama',
  format: ollamaChat,
  finish: {
    stop: ['stop'],
    length: ['length'],
    tool_calls: ['stop'],
    function_call: ['stop'],
    content_filter: ['content_filter'],
  },
  answer: async (fetch) => toHeard([await new Ollama({ fetch }).chat({ ...request, stream: false })]),
  stream: async (fetch) =>
    toHeard(await Array.fromAsync(await new Ollama({ fetch }).chat({ ...request, stream: true }))),
  readError: (error) => {
    // Its class is not exported.
    if (!(error instanceof Error && error.name === 'ResponseError' && 'status_code' in error)) throw error
    return { status: Number(error.status_code), message: error.message }
  },
  readStreamError: (error) => (error instanceof Error ? error.message : undefined),
}

function toHeard(lines: readonly ChatResponse[]): HeardAnswer {
  const last = lines.at(-1)
  return {
    text: lines.map(({ message }) => message.content).join(''),
    reasoning: lines.map(({ message }) => message.thinking ?? '').join(''),
    toolCalls: lines.flatMap(({ message }) =>
      (message.tool_calls ?? []).map(({ function: { name, arguments: values } }) => ({ name, arguments: values })),
    ),
    finishReason: last?.done ? last.done_reason : '',
    usage: { input: last?.prompt_eval_count, output: last?.eval_count },
  }
}
