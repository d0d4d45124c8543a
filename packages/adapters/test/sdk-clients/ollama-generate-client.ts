import { Ollama, type GenerateResponse } from 'ollama'
import { ollamaGenerate } from '../../src/wire/ollama-generate.ts'
import { ollamaChatClient } from './ollama-chat-client.ts'
import type { HeardAnswer, SdkClient } from './sdk-client.ts'

const request = { model: 'the-model', prompt: 'Hi' }

/** The API of the `ollama` package for one prompt. */
export const ollamaGenerateClient: SdkClient = {
  ...ollamaChatClient,
  format: ollamaGenerate,
  answer: async (fetch) => toHeard([await new Ollama({ fetch }).generate({ ...request, stream: false })]),
  stream: async (fetch) =>
    toHeard(await Array.fromAsync(await new Ollama({ fetch }).generate({ ...request, stream: true }))),
}

function toHeard(lines: readonly GenerateResponse[]): HeardAnswer {
  const last = lines.at(-1)
  return {
    text: lines.map(({ response }) => response).join(''),
    reasoning: lines.map(({ thinking = '' }) => thinking).join(''),
    finishReason: last?.done ? last.done_reason : '',
    usage: { input: last?.prompt_eval_count, output: last?.eval_count },
  }
}
