import { openaiCompatible } from '../openai-compatible.ts'
import type { Provider } from '../provider.ts'
import { ollamaChat } from '../wire/ollama-chat.ts'
import { ollamaGenerate } from '../wire/ollama-generate.ts'

/** @see https://lmstudio.ai/docs/app/api/endpoints/openai */
export const lmstudio = openaiCompatible({
  id: 'lmstudio',
  aliases: ['lm-studio'],
  baseURL: 'http://127.0.0.1:1234/v1',
  keyless: true,
})

const ollamaOrigin = 'http://127.0.0.1:11434'

/**
 * Names its reasoning `reasoning` on OpenAI's API; its own is for those who speak it.
 * @see https://github.com/ollama/ollama/blob/main/docs/openai.md
 */
export const ollama: Provider = {
  ...openaiCompatible({ id: 'ollama', baseURL: `${ollamaOrigin}/v1`, keyless: true, deviates: true }),
  otherBases: ['api'],
  otherChatApis: [
    { wire: ollamaChat, chatUrl: () => `${ollamaOrigin}/api/chat` },
    { wire: ollamaGenerate, chatUrl: () => `${ollamaOrigin}/api/generate` },
  ],
}

/** @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html */
export const vllm = openaiCompatible({ id: 'vllm', baseURL: 'http://127.0.0.1:8000/v1', keyless: true })
