/** Lets an editor suggest the known ids and takes any other too. */
type AnyId = string & {}

/** Text models of Workers AI. The list only helps editors: every id works. */
export type KnownTextGenerationModels =
  | '@cf/aisingapore/gemma-sea-lion-v4-27b-it'
  | '@cf/deepseek-ai/deepseek-math-7b-instruct'
  | '@cf/deepseek-ai/deepseek-r1-distill-qwen-32b'
  | '@cf/deepseek-ai/deepseek-v4-flash-0731'
  | '@cf/deepseek-ai/deepseek-v4-pro-0813'
  | '@cf/defog/sqlcoder-7b-2'
  | '@cf/fblgit/una-cybertron-7b-v2-bf16'
  | '@cf/google/gemma-2b-it-lora'
  | '@cf/google/gemma-3-12b-it'
  | '@cf/google/gemma-4-26b-a4b-it'
  | '@cf/google/gemma-7b-it-lora'
  | '@cf/ibm-granite/granite-4.0-h-micro'
  | '@cf/meta-llama/llama-2-7b-chat-hf-lora'
  | '@cf/meta/llama-2-7b-chat-fp16'
  | '@cf/meta/llama-2-7b-chat-int8'
  | '@cf/meta/llama-3-8b-instruct'
  | '@cf/meta/llama-3-8b-instruct-awq'
  | '@cf/meta/llama-3.1-8b-instruct-awq'
  | '@cf/meta/llama-3.1-8b-instruct-fp8'
  | '@cf/meta/llama-3.2-11b-vision-instruct'
  | '@cf/meta/llama-3.2-1b-instruct'
  | '@cf/meta/llama-3.2-3b-instruct'
  | '@cf/meta/llama-3.3-70b-instruct-fp8-fast'
  | '@cf/meta/llama-4-scout-17b-16e-instruct'
  | '@cf/meta/llama-guard-3-8b'
  | '@cf/microsoft/phi-2'
  | '@cf/mistral/mistral-7b-instruct-v0.1'
  | '@cf/mistral/mistral-7b-instruct-v0.2-lora'
  | '@cf/mistralai/mistral-small-3.1-24b-instruct'
  | '@cf/moonshotai/kimi-k2.5'
  | '@cf/moonshotai/kimi-k2.6'
  | '@cf/moonshotai/kimi-k2.7-code'
  | '@cf/nvidia/nemotron-3-120b-a12b'
  | '@cf/openai/gpt-oss-120b'
  | '@cf/openai/gpt-oss-20b'
  | '@cf/openchat/openchat-3.5-0106'
  | '@cf/qwen/qwen1.5-0.5b-chat'
  | '@cf/qwen/qwen1.5-1.8b-chat'
  | '@cf/qwen/qwen1.5-14b-chat-awq'
  | '@cf/qwen/qwen1.5-7b-chat-awq'
  | '@cf/qwen/qwen2.5-coder-32b-instruct'
  | '@cf/qwen/qwen3-30b-a3b-fp8'
  | '@cf/qwen/qwen3.8-27b'
  | '@cf/qwen/qwq-32b'
  | '@cf/thebloke/discolm-german-7b-v1-awq'
  | '@cf/tiiuae/falcon-7b-instruct'
  | '@cf/tinyllama/tinyllama-1.1b-chat-v1.0'
  | '@cf/zai-org/glm-4.7-flash'
  | '@cf/zai-org/glm-5.2'
  | '@cf/zai-org/glm-5.3'
  | '@cf/zai-org/glm-5.3-flash'
  | '@hf/google/gemma-7b-it'
  | '@hf/mistral/mistral-7b-instruct-v0.2'
  | '@hf/nexusflow/starling-lm-7b-beta'
  | '@hf/nousresearch/hermes-2-pro-mistral-7b'
  | '@hf/thebloke/deepseek-coder-6.7b-base-awq'
  | '@hf/thebloke/deepseek-coder-6.7b-instruct-awq'
  | '@hf/thebloke/llama-2-13b-chat-awq'
  | '@hf/thebloke/mistral-7b-instruct-v0.1-awq'
  | '@hf/thebloke/neural-chat-7b-v3-1-awq'
  | '@hf/thebloke/openhermes-2.5-mistral-7b-awq'
  | '@hf/thebloke/zephyr-7b-beta-awq'

/** Id of a text model. */
export type TextGenerationModels = KnownTextGenerationModels | AnyId

/** Image models of Workers AI. The list only helps editors: every id works. */
export type KnownImageGenerationModels =
  | '@cf/black-forest-labs/flux-1-schnell'
  | '@cf/black-forest-labs/flux-2-dev'
  | '@cf/black-forest-labs/flux-2-klein-4b'
  | '@cf/black-forest-labs/flux-2-klein-9b'
  | '@cf/bytedance/stable-diffusion-xl-lightning'
  | '@cf/leonardo/lucid-origin'
  | '@cf/leonardo/phoenix-1.0'
  | '@cf/lykon/dreamshaper-8-lcm'
  | '@cf/runwayml/stable-diffusion-v1-5-img2img'
  | '@cf/runwayml/stable-diffusion-v1-5-inpainting'
  | '@cf/stabilityai/stable-diffusion-xl-base-1.0'

/** Id of an image model. */
export type ImageGenerationModels = KnownImageGenerationModels | AnyId

/** Embedding models of Workers AI. The list only helps editors: every id works. */
export type KnownEmbeddingModels =
  | '@cf/baai/bge-base-en-v1.5'
  | '@cf/baai/bge-large-en-v1.5'
  | '@cf/baai/bge-m3'
  | '@cf/baai/bge-small-en-v1.5'
  | '@cf/google/embeddinggemma-300m'
  | '@cf/pfnet/plamo-embedding-1b'
  | '@cf/qwen/qwen3-embedding-0.6b'

/** Id of an embedding model. */
export type EmbeddingModels = KnownEmbeddingModels | AnyId

/** Speech-to-text models of Workers AI. The list only helps editors: every id works. */
export type KnownTranscriptionModels =
  | '@cf/deepgram/flux'
  | '@cf/deepgram/nova-3'
  | '@cf/nvidia/nemotron-speech-streaming-en-0.6b'
  | '@cf/openai/whisper'
  | '@cf/openai/whisper-large-v3-turbo'
  | '@cf/openai/whisper-tiny-en'

/** Id of a speech-to-text model. */
export type TranscriptionModels = KnownTranscriptionModels | AnyId

/** Text-to-speech models of Workers AI. The list only helps editors: every id works. */
export type KnownSpeechModels =
  | '@cf/deepgram/aura-1'
  | '@cf/deepgram/aura-2-en'
  | '@cf/deepgram/aura-2-es'
  | '@cf/myshell-ai/melotts'

/** Id of a text-to-speech model. */
export type SpeechModels = KnownSpeechModels | AnyId

/** Reranking models of Workers AI. The list only helps editors: every id works. */
export type KnownRerankingModels = '@cf/baai/bge-reranker-base' | '@cf/baai/bge-reranker-v2-m3'

/** Id of a reranking model. */
export type RerankingModels = KnownRerankingModels | AnyId
