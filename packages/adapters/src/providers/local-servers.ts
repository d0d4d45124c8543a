import { openaiCompatible } from '../openai-compatible.ts'

/** @see https://lmstudio.ai/docs/app/api/endpoints/openai */
export const lmstudio = openaiCompatible({
  id: 'lmstudio',
  aliases: ['lm-studio'],
  baseURL: 'http://127.0.0.1:1234/v1',
  keyless: true,
})

/** Names its reasoning `reasoning`. @see https://github.com/ollama/ollama/blob/main/docs/openai.md */
export const ollama = openaiCompatible({
  id: 'ollama',
  baseURL: 'http://127.0.0.1:11434/v1',
  keyless: true,
  deviates: true,
})

/** @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html */
export const vllm = openaiCompatible({ id: 'vllm', baseURL: 'http://127.0.0.1:8000/v1', keyless: true })
