import { openaiCompatible } from '../../openai-compatible.ts'
import type { Provider } from '../../provider.ts'
import { alibaba } from '../alibaba.ts'
import { anthropic } from '../anthropic.ts'
import { awsBedrock } from '../aws-bedrock.ts'
import { azureOpenAI } from '../azure-openai.ts'
import { baseten } from '../baseten.ts'
import { cerebras } from '../cerebras.ts'
import { cohere } from '../cohere.ts'
import { deepseek } from '../deepseek.ts'
import { googleAIStudio } from '../google-ai-studio.ts'
import { googleVertexAI } from '../google-vertex-ai.ts'
import { grok } from '../grok.ts'
import { groq } from '../groq.ts'
import { huggingface } from '../huggingface.ts'
import { lmstudio, ollama, vllm } from '../local-servers.ts'
import { mistral } from '../mistral.ts'
import { openai } from '../openai.ts'
import { openrouter } from '../openrouter.ts'
import { parallel } from '../parallel.ts'
import { perplexityAI } from '../perplexity-ai.ts'
import { together } from '../together.ts'
import { workersAI } from '../workers-ai.ts'
import { corpusVendors } from './corpus.ts'
import { speaking } from './speaking.ts'

/** Who speaks OpenAI's dialect under a name of the recordings; the others are plain compatible servers. */
const openaiDialect: Readonly<Record<string, Provider>> = {
  openai,
  xai: grok,
  groq,
  deepseek,
  mistral,
  perplexity: perplexityAI,
  cerebras,
  openrouter,
  together,
  huggingface,
  baseten,
  parallel,
  'azure-openai': azureOpenAI,
  'custom-alibaba': alibaba,
  ollama,
  'custom-lmstudio': lmstudio,
  'custom-vllm': vllm,
}

/** Who has recorded chats, in which dialect of the recordings, and what reads it. */
export const chatVendors: readonly [string, string, Provider][] = [
  ['anthropic', 'anthropic.messages', anthropic],
  ['vertex', 'anthropic.messages', speaking(googleVertexAI, 'anthropic/claude')],
  ['google', 'gemini.generateContent', googleAIStudio],
  ['vertex', 'gemini.generateContent', googleVertexAI],
  ['cohere', 'cohere.chat_v2', cohere],
  ['bedrock', 'bedrock.converse', awsBedrock],
  ['ollama', 'ollama.chat', speaking(ollama, 'llama3.2', 'ollama-chat')],
  ['workers-ai', 'workersai.run', workersAI],
  ...corpusVendors('openai.chat').map((vendor): [string, string, Provider] => {
    const compatible = openaiCompatible({ id: vendor, baseURL: 'https://api.example.com/v1', deviates: true })
    return [vendor, 'openai.chat', openaiDialect[vendor] ?? compatible]
  }),
]
