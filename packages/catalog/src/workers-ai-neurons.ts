/** Neurons of a Workers AI model: per million tokens unless the name says otherwise. */
export interface Neurons {
  readonly input?: number
  readonly cached?: number
  readonly output?: number
  readonly perMinute?: number
  readonly perThousandCharacters?: number
  /** Of an output image: for each 512 × 512 tile, and for each step on each tile. */
  readonly perTile?: number
  readonly perTileStep?: number
}

const tokens = (input: number, output?: number, cached?: number): Neurons => ({
  input,
  ...(output !== undefined && { output }),
  ...(cached !== undefined && { cached }),
})
const minute = (perMinute: number): Neurons => ({ perMinute })
const characters = (perThousandCharacters: number): Neurons => ({ perThousandCharacters })

const tiles = (perTile: number, perTileStep?: number): Neurons => ({
  perTile,
  ...(perTileStep !== undefined && { perTileStep }),
})

/**
 * Neurons by model, as Cloudflare publishes them; dollars follow at $0.011 per 1,000 neurons.
 *
 * What FLUX.1 lists "per step" is billed per step on each tile: 1024 × 1024 at 4 steps come back with `cf-ai-neurons:
 * 172.80`, which is 4 × 4.80 + 4 × 4 × 9.60. Leonardo's models and FLUX.2 [klein] 9B have no sum that was seen to hold, so
 * their price is unknown without such a receipt, as is that of images given to FLUX.2.
 *
 * @see https://developers.cloudflare.com/workers-ai/platform/pricing/
 */
export const workersAINeurons: Readonly<Record<string, Neurons>> = {
  '@cf/meta/llama-3.2-1b-instruct': tokens(2457, 18252),
  '@cf/meta/llama-3.2-3b-instruct': tokens(4625, 30475),
  '@cf/meta/llama-3.1-8b-instruct-fp8-fast': tokens(4119, 34868),
  '@cf/meta/llama-3.2-11b-vision-instruct': tokens(4410, 61493),
  '@cf/meta/llama-3.1-70b-instruct-fp8-fast': tokens(26668, 204805),
  '@cf/meta/llama-3.3-70b-instruct-fp8-fast': tokens(26668, 204805),
  '@cf/meta/llama-3.1-8b-instruct': tokens(25608, 75147),
  '@cf/meta/llama-3-8b-instruct': tokens(25608, 75147),
  '@cf/meta/llama-3.1-8b-instruct-fp8': tokens(13778, 26128),
  '@cf/meta/llama-3.1-8b-instruct-awq': tokens(11161, 24215),
  '@cf/meta/llama-3-8b-instruct-awq': tokens(11161, 24215),
  '@cf/meta/llama-2-7b-chat-fp16': tokens(50505, 606061),
  '@cf/meta/llama-4-scout-17b-16e-instruct': tokens(24545, 77273),
  '@cf/meta/llama-guard-3-8b': tokens(44003, 2730),
  '@cf/mistral/mistral-7b-instruct-v0.1': tokens(10000, 17300),
  '@cf/mistralai/mistral-small-3.1-24b-instruct': tokens(31876, 50488),
  '@cf/deepseek-ai/deepseek-r1-distill-qwen-32b': tokens(45170, 443756),
  '@cf/deepseek-ai/deepseek-v4-flash-0731': tokens(40000, 120000, 1273),
  '@cf/deepseek-ai/deepseek-v4-pro-0813': tokens(120000, 360000, 4000),
  '@cf/moondream/moondream3.1-9B-A2B': tokens(27273, 90909),
  '@cf/openai/gpt-oss-120b': tokens(31818, 68182),
  '@cf/openai/gpt-oss-20b': tokens(18182, 27273),
  '@cf/qwen/qwen3-30b-a3b-fp8': tokens(4625, 30475),
  '@cf/qwen/qwen3.8-27b': tokens(40909, 290909),
  '@cf/qwen/qwq-32b': tokens(60000, 90909),
  '@cf/qwen/qwen2.5-coder-32b-instruct': tokens(60000, 90909),
  '@cf/google/gemma-3-12b-it': tokens(31371, 50560),
  '@cf/google/gemma-4-26b-a4b-it': tokens(9091, 27273),
  '@cf/aisingapore/gemma-sea-lion-v4-27b-it': tokens(31876, 50488),
  '@cf/ibm-granite/granite-4.0-h-micro': tokens(1542, 10158),
  '@cf/zai-org/glm-4.7-flash': tokens(5500, 36400),
  '@cf/zai-org/glm-5.2': tokens(127273, 400000, 23636),
  '@cf/zai-org/glm-5.3': tokens(127273, 400000, 23636),
  '@cf/zai-org/glm-5.3-flash': tokens(13636, 45455, 2727),
  '@cf/nvidia/nemotron-3-120b-a12b': tokens(45455, 136364),
  '@cf/moonshotai/kimi-k2.5': tokens(54545, 272727, 9091),
  '@cf/moonshotai/kimi-k2.6': tokens(86364, 363636, 14545),
  '@cf/moonshotai/kimi-k2.7-code': tokens(86364, 363636, 17273),
  '@cf/meta/m2m100-1.2b': tokens(31050, 31050),
  '@cf/ai4bharat/indictrans2-en-indic-1B': tokens(31050, 31050),
  '@cf/baai/bge-small-en-v1.5': tokens(1841),
  '@cf/baai/bge-base-en-v1.5': tokens(6058),
  '@cf/baai/bge-large-en-v1.5': tokens(18582),
  '@cf/baai/bge-m3': tokens(1075),
  '@cf/pfnet/plamo-embedding-1b': tokens(1689),
  '@cf/qwen/qwen3-embedding-0.6b': tokens(1075),
  '@cf/baai/bge-reranker-base': tokens(283),
  '@cf/huggingface/distilbert-sst-2-int8': tokens(2394),
  '@cf/openai/whisper': minute(41.14),
  '@cf/openai/whisper-large-v3-turbo': minute(46.63),
  '@cf/deepgram/nova-3': minute(472.73),
  '@cf/deepgram/flux': minute(700),
  '@cf/pipecat-ai/smart-turn-v2': minute(0.51),
  '@cf/myshell-ai/melotts': minute(18.63),
  '@cf/deepgram/aura-1': characters(1363.64),
  '@cf/deepgram/aura-2-en': characters(2727.27),
  '@cf/deepgram/aura-2-es': characters(2727.27),
  '@cf/black-forest-labs/flux-1-schnell': tiles(4.8, 9.6),
  '@cf/black-forest-labs/flux-2-dev': tiles(0, 37.5),
  '@cf/black-forest-labs/flux-2-klein-4b': tiles(26.05),
}
