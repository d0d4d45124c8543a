import { registry } from './registry.ts'
import type { Provider } from './provider.ts'
import { alibaba } from './providers/alibaba.ts'
import { anthropic } from './providers/anthropic.ts'
import { awsBedrock } from './providers/aws-bedrock.ts'
import { azureOpenAI } from './providers/azure-openai.ts'
import { baseten } from './providers/baseten.ts'
import { cerebras } from './providers/cerebras.ts'
import { cohere } from './providers/cohere.ts'
import { deepseek } from './providers/deepseek.ts'
import { fireworks } from './providers/fireworks.ts'
import { googleAIStudio } from './providers/google-ai-studio.ts'
import { googleVertexAI } from './providers/google-vertex-ai.ts'
import { grok } from './providers/grok.ts'
import { groq } from './providers/groq.ts'
import { huggingface } from './providers/huggingface.ts'
import { lmstudio, ollama, vllm } from './providers/local-servers.ts'
import { minimax } from './providers/minimax.ts'
import { mistral } from './providers/mistral.ts'
import { openai } from './providers/openai.ts'
import { openrouter } from './providers/openrouter.ts'
import { parallel } from './providers/parallel.ts'
import { perplexityAI } from './providers/perplexity-ai.ts'
import { replicate } from './providers/replicate.ts'
import { together } from './providers/together.ts'
import { workersAI } from './providers/workers-ai.ts'

const withChat: readonly Provider[] = [
  openai,
  anthropic,
  googleAIStudio,
  googleVertexAI,
  grok,
  groq,
  deepseek,
  mistral,
  perplexityAI,
  cerebras,
  openrouter,
  fireworks,
  cohere,
  workersAI,
  together,
  alibaba,
  minimax,
  huggingface,
  baseten,
  parallel,
  azureOpenAI,
  replicate,
  awsBedrock,
  lmstudio,
  ollama,
  vllm,
]

const ids = new Set(withChat.map(({ id }) => id))

/** Every vendor of the registry; those without a chat dialect here are reached by native pass-through. */
export const builtinProviders: readonly Provider[] = [...withChat, ...registry.filter(({ id }) => !ids.has(id))]
