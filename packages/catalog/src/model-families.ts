/** What a model can take in, put out or do. */
export type Capability =
  | 'chat'
  | 'vision'
  | 'pdf'
  | 'audio_input'
  | 'video_input'
  | 'audio_output'
  | 'tools'
  | 'json_schema'
  | 'reasoning'
  | 'web_search'
  | 'embedding'
  | 'rerank'
  | 'moderation'
  | 'image_output'
  | 'video_output'
  | 'speech'
  | 'transcription'
  | 'translation'
  | 'realtime'

/** What the members of a family have in common. */
export interface ModelFamily {
  readonly capabilities: readonly Capability[]
  /** Most output tokens of one answer. */
  readonly maxOutput?: number
  /** Quality prior of 0–10, our judgement from public leaderboards. */
  readonly quality?: number
  /** Speed prior of 0–10; our own measurements replace it. */
  readonly speed?: number
}

const text: readonly Capability[] = ['chat', 'tools', 'json_schema']
const vision: readonly Capability[] = [...text, 'vision']
const documents: readonly Capability[] = [...vision, 'pdf']
const thinker: readonly Capability[] = [...documents, 'reasoning']
const everything: readonly Capability[] = [...thinker, 'audio_input', 'video_input']

type Row = readonly [
  pattern: RegExp,
  capabilities: readonly Capability[],
  quality: number,
  speed: number,
  maxOutput?: number,
]

/** First match wins, on the id in lower case without publisher; special kinds come before the families they belong to. */
const rows: readonly Row[] = [
  [/embed|bge-(?!rerank)|gte-|e5-|minilm|voyage/, ['embedding'], 5, 9],
  [/rerank/, ['rerank'], 5, 9],
  [/moderation|guard|safety|prompt-guard/, ['moderation', 'chat'], 4, 8],
  [/distilbert|resnet|smart-turn/, [], 5, 9],
  [/whisper|transcribe|scribe|nova-[23]$|voxtral.*transcri|^flux$/, ['transcription'], 6, 8],
  [/^tts-|-tts|melotts|aura-|speech|eleven_|orpheus/, ['speech'], 6, 8],
  [/realtime|-live/, ['realtime', 'chat', 'tools', 'audio_input', 'audio_output'], 7, 9],
  [/^gpt-(?:4o-)?audio|4o(?:-mini)?-audio/, [...text, 'audio_input', 'audio_output'], 7, 6, 16_384],
  [/sora|veo-|video/, ['video_output'], 6, 2],
  [
    /gpt-image|dall-e|imagen|flux|stable-diffusion|ideogram|lucid|phoenix|^v_\d|grok-(?:\d-)?(?:imagine-)?image/,
    ['image_output'],
    6,
    3,
  ],
  [/gemini.*image|gpt-.*image/, ['chat', 'vision', 'image_output'], 7, 4, 32_768],
  [/m2m100|indictrans/, ['translation'], 4, 8],
  [/ocr/, ['vision', 'pdf'], 6, 7],
  [/gpt-oss-120b/, [...text, 'reasoning'], 6.5, 9, 32_768],
  [/gpt-oss/, [...text, 'reasoning'], 5.5, 9, 32_768],
  [/gpt-[56].*(?:nano|luna)/, thinker, 6, 8, 128_000],
  [/gpt-[56].*(?:mini|terra)/, thinker, 7, 7, 128_000],
  [/gpt-[56].*pro/, thinker, 9.5, 2, 128_000],
  [/gpt-[56]/, thinker, 9, 5, 128_000],
  [/^o[134].*mini/, thinker, 7, 5, 100_000],
  [/^o[134]/, thinker, 8, 3, 100_000],
  [/gpt-4\.1-nano/, documents, 5, 9, 32_768],
  [/gpt-4\.1-mini/, documents, 6, 8, 32_768],
  [/gpt-4\.1/, documents, 7, 7, 32_768],
  [/gpt-4o-mini/, documents, 5, 8, 16_384],
  [/gpt-4o|chatgpt-4o/, documents, 6.5, 7, 16_384],
  [/gpt-4/, text, 6, 4, 8192],
  [/gpt-3\.5/, ['chat', 'tools'], 3, 8, 4096],
  [/claude-.*(?:fable|opus)|claude-opus/, thinker, 9.5, 4, 64_000],
  [/claude-(?:sonnet-[45]|.*-4-sonnet|3-7)/, thinker, 9, 6, 64_000],
  [/claude-haiku-[45]/, thinker, 7, 8, 64_000],
  [/claude-3-5/, ['chat', 'tools', 'vision', 'pdf'], 6.5, 7, 8192],
  [/claude/, ['chat', 'tools', 'vision'], 5, 7, 4096],
  [/gemini-(?:2\.5|3).*lite/, everything, 6, 9, 65_536],
  [/gemini-(?:2\.5|3).*flash/, everything, 7.5, 8, 65_536],
  [/gemini-(?:2\.5|3)/, everything, 9, 5, 65_536],
  [/gemini/, [...documents, 'audio_input', 'video_input'], 6, 8, 8192],
  [/grok-(?:code|.*mini|.*fast)/, [...text, 'reasoning'], 7, 8],
  [/grok-[4-9]/, [...vision, 'reasoning'], 8.5, 5],
  [/grok/, text, 7, 6],
  [/sonar.*(?:reasoning|deep)/, ['chat', 'json_schema', 'web_search', 'reasoning'], 7.5, 4, 8000],
  [/sonar/, ['chat', 'json_schema', 'web_search', 'vision'], 6, 7, 8000],
  [/deepseek.*distill/, ['chat', 'reasoning'], 5.5, 6],
  [/deepseek-(?:r1|reasoner|v[4-9]|v3\.[12])/, [...text, 'reasoning'], 8.5, 5, 64_000],
  [/deepseek/, text, 7.5, 6, 8192],
  [/kimi.*code|kimi-k2\.[5-9]|kimi-k3/, [...vision, 'reasoning'], 8.5, 6],
  [/kimi|moonshot/, text, 7.5, 6],
  [/glm-5/, [...text, 'reasoning'], 8.5, 6],
  [/glm-4/, [...text, 'reasoning'], 7, 7],
  [/minimax-m/, [...text, 'reasoning'], 8, 6],
  [/qwen3.*vl|qwen.*vl|qvq/, vision, 7, 6],
  [/qwen3\.[5-9]|qwen3.*(?:235b|max|480b)/, [...text, 'reasoning'], 8, 6],
  [/qwen3|qwq/, [...text, 'reasoning'], 6.5, 7],
  [/qwen/, text, 6, 7],
  [/llama-4|llama-3\.2-(?:11b|90b)|llama-.*vision/, vision, 6, 8],
  [/llama-?3.*70b|llama-3\.3/, text, 6, 8],
  [/llama-?3.*405b/, text, 7, 4],
  [/llama.*-(?:1b|3b)-/, ['chat'], 2, 10],
  [/llama/, ['chat', 'tools'], 4, 9],
  [/magistral/, [...vision, 'reasoning'], 7, 6],
  [/pixtral|mistral-(?:medium|large|small)/, vision, 7, 7],
  [/codestral|devstral|ministral/, text, 6, 8],
  [/mistral|mixtral/, ['chat', 'tools'], 5, 8],
  [/command-a/, text, 7, 7, 8000],
  [/command/, ['chat', 'tools', 'json_schema'], 5, 7, 4000],
  [/nemotron/, [...text, 'reasoning'], 7, 7],
  [/granite-4/, ['chat', 'tools'], 4, 9],
  [/sea-lion/, ['chat'], 5, 7],
  [/gemma-[34]/, vision, 5.5, 8, 8192],
  [/nova-(?:pro|lite|premier)/, [...vision, 'pdf'], 6, 7, 10_000],
]

/** The family of a model id; a model of no family is taken for a chat model without extras. */
export function modelFamily(id: string): ModelFamily {
  const name = id.toLowerCase().slice(id.lastIndexOf('/') + 1)
  const row = rows.find(([pattern]) => pattern.test(name))
  if (!row) return { capabilities: ['chat'] }
  const [, capabilities, quality, speed, maxOutput] = row
  return { capabilities, quality, speed, ...(maxOutput !== undefined && { maxOutput }) }
}
