import type { Capability } from './model-families.ts'

/** What Cloudflare says of a chat model that it hosts. */
export interface WorkersAIFacts {
  /** Tokens; absent where none is published. */
  readonly contextWindow?: number
  readonly maxOutput?: number
  readonly capabilities: readonly Capability[]
  /** `paid` needs the Workers Paid plan; `withdrawn` models are answered by others, or not at all. */
  readonly plan: 'free' | 'paid' | 'withdrawn'
}

type Row = readonly [contextWindow: number, can: string, plan?: WorkersAIFacts['plan'], maxOutput?: number]

const letters: Readonly<Record<string, Capability>> = {
  t: 'tools',
  j: 'json_schema',
  v: 'vision',
  r: 'reasoning',
  m: 'moderation',
}

/**
 * Chat models by name: context window (0 where it isn't published), the letters of what they can do beside chat, plan.
 * A capability that Cloudflare doesn't list is not one here, whatever the model can do elsewhere.
 *
 * @see https://developers.cloudflare.com/workers-ai/models/
 * @see https://developers.cloudflare.com/workers-ai/features/json-mode/
 * @see https://developers.cloudflare.com/changelog/post/2026-05-08-planned-model-deprecations/
 * @see https://developers.cloudflare.com/changelog/post/2026-07-28-models-require-workers-paid/
 */
const rows: Readonly<Record<string, Row>> = {
  '@cf/meta/llama-3.2-1b-instruct': [60_000, ''],
  '@cf/meta/llama-3.2-3b-instruct': [80_000, ''],
  '@cf/meta/llama-3.2-11b-vision-instruct': [128_000, 'jv'],
  '@cf/meta/llama-3.1-8b-instruct-fp8': [32_000, ''],
  '@cf/meta/llama-3.3-70b-instruct-fp8-fast': [24_000, 'tj'],
  '@cf/meta/llama-4-scout-17b-16e-instruct': [131_000, 'tv'],
  '@cf/meta/llama-guard-3-8b': [131_072, 'm'],
  '@cf/meta/llama-3.1-8b-instruct': [0, '', 'withdrawn'],
  '@cf/meta/llama-3.1-8b-instruct-awq': [0, '', 'withdrawn'],
  '@cf/meta/llama-3-8b-instruct': [0, '', 'withdrawn'],
  '@cf/meta/llama-3-8b-instruct-awq': [0, '', 'withdrawn'],
  '@cf/meta/llama-2-7b-chat-fp16': [0, '', 'withdrawn'],
  '@cf/mistral/mistral-7b-instruct-v0.1': [0, '', 'withdrawn'],
  '@cf/mistralai/mistral-small-3.1-24b-instruct': [128_000, 't'],
  '@cf/deepseek-ai/deepseek-r1-distill-qwen-32b': [80_000, 'jr'],
  '@cf/deepseek-ai/deepseek-v4-flash-0731': [1_048_576, 'tjr', 'paid'],
  '@cf/deepseek-ai/deepseek-v4-pro-0813': [1_048_576, 'tjr', 'paid'],
  '@cf/moondream/moondream3.1-9b-a2b': [0, 'v'],
  '@cf/openai/gpt-oss-120b': [128_000, 'tjr', 'free', 16_384],
  '@cf/openai/gpt-oss-20b': [128_000, 'tjr', 'free', 16_384],
  '@cf/qwen/qwen3-30b-a3b-fp8': [32_768, 'tr'],
  '@cf/qwen/qwen3.8-27b': [262_144, 'tvr'],
  '@cf/qwen/qwq-32b': [24_000, 'r'],
  '@cf/qwen/qwen2.5-coder-32b-instruct': [32_768, ''],
  '@cf/google/gemma-3-12b-it': [0, 'v', 'withdrawn'],
  '@cf/google/gemma-4-26b-a4b-it': [256_000, 'tjvr', 'free', 16_384],
  '@cf/aisingapore/gemma-sea-lion-v4-27b-it': [128_000, ''],
  '@cf/ibm-granite/granite-4.0-h-micro': [131_000, 't'],
  '@cf/zai-org/glm-4.7-flash': [131_072, 'tjr'],
  '@cf/zai-org/glm-5.2': [262_144, 'tjr', 'paid'],
  '@cf/zai-org/glm-5.3': [1_048_576, 'tjr', 'paid'],
  '@cf/zai-org/glm-5.3-flash': [1_048_576, 'tjvr', 'paid'],
  '@cf/nvidia/nemotron-3-120b-a12b': [256_000, 'tjr'],
  '@cf/moonshotai/kimi-k2.5': [256_000, 'tjvr', 'withdrawn'],
  '@cf/moonshotai/kimi-k2.6': [262_144, 'tjvr', 'paid'],
  '@cf/moonshotai/kimi-k2.7-code': [262_144, 'tjvr', 'paid'],
}

/** The facts of a chat model of Workers AI; `undefined` for one of which none are known. */
export function workersAIFacts(model: string): WorkersAIFacts | undefined {
  const row = rows[model.toLowerCase()]
  if (!row) return undefined
  const [contextWindow, can, plan = 'free', maxOutput] = row
  return {
    capabilities: ['chat', ...[...can].flatMap((letter) => letters[letter] ?? [])],
    plan,
    ...(contextWindow > 0 && { contextWindow }),
    ...(maxOutput !== undefined && { maxOutput }),
  }
}
