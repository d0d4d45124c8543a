import { qualityPriors, type QualityFamily } from './quality-priors.ts'

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
  /** Quality prior of 0–10, our judgement; of a model that answers text it is that for chat. */
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
  /** Of a family that answers text: its row in `qualityPriors`. */
  quality: number | QualityFamily,
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
  [/gpt-oss-120b/, [...text, 'reasoning'], 'gpt-oss-120b', 9, 32_768],
  [/gpt-oss/, [...text, 'reasoning'], 'gpt-oss', 9, 32_768],
  [/gpt-[56].*(?:nano|luna)/, thinker, 'gpt-5-nano', 8, 128_000],
  [/gpt-[56].*(?:mini|terra)/, thinker, 'gpt-5-mini', 7, 128_000],
  [/gpt-[56].*pro/, thinker, 'gpt-5-pro', 2, 128_000],
  [/gpt-[56]/, thinker, 'gpt-5', 5, 128_000],
  [/^o[134].*mini/, thinker, 'o-mini', 5, 100_000],
  [/^o[134]/, thinker, 'o', 3, 100_000],
  [/gpt-4\.1-nano/, documents, 'gpt-4.1-nano', 9, 32_768],
  [/gpt-4\.1-mini/, documents, 'gpt-4.1-mini', 8, 32_768],
  [/gpt-4\.1/, documents, 'gpt-4.1', 7, 32_768],
  [/gpt-4o-mini/, documents, 'gpt-4o-mini', 8, 16_384],
  [/gpt-4o|chatgpt-4o/, documents, 'gpt-4o', 7, 16_384],
  [/gpt-4/, text, 'gpt-4', 4, 8192],
  [/gpt-3\.5/, ['chat', 'tools'], 'gpt-3.5', 8, 4096],
  [/claude-.*(?:fable|opus)|claude-opus/, thinker, 'claude-opus', 4, 64_000],
  [/claude-(?:sonnet-[45]|.*-4-sonnet|3-7)/, thinker, 'claude-sonnet', 6, 64_000],
  [/claude-haiku-[45]/, thinker, 'claude-haiku', 8, 64_000],
  [/claude-3-5/, ['chat', 'tools', 'vision', 'pdf'], 'claude-3.5', 7, 8192],
  [/claude/, ['chat', 'tools', 'vision'], 'claude', 7, 4096],
  [/gemini-(?:2\.5|3).*lite/, everything, 'gemini-lite', 9, 65_536],
  [/gemini-(?:2\.5|3).*flash/, everything, 'gemini-flash', 8, 65_536],
  [/gemini-(?:2\.5|3)/, everything, 'gemini-pro', 5, 65_536],
  [/gemini/, [...documents, 'audio_input', 'video_input'], 'gemini', 8, 8192],
  [/grok-(?:code|.*mini|.*fast)/, [...text, 'reasoning'], 'grok-fast', 8],
  [/grok-[4-9]/, [...vision, 'reasoning'], 'grok-4', 5],
  [/grok/, text, 'grok', 6],
  [/sonar.*(?:reasoning|deep)/, ['chat', 'json_schema', 'web_search', 'reasoning'], 'sonar-reasoning', 4, 8000],
  [/sonar/, ['chat', 'json_schema', 'web_search', 'vision'], 'sonar', 7, 8000],
  [/deepseek.*distill/, ['chat', 'reasoning'], 'deepseek-distill', 6],
  [/deepseek-(?:r1|reasoner|v[4-9]|v3\.[12])/, [...text, 'reasoning'], 'deepseek-reasoner', 5, 64_000],
  [/deepseek/, text, 'deepseek', 6, 8192],
  [/kimi.*code|kimi-k2\.[5-9]|kimi-k3/, [...vision, 'reasoning'], 'kimi-thinking', 6],
  [/kimi|moonshot/, text, 'kimi', 6],
  [/glm-5/, [...text, 'reasoning'], 'glm-5', 6],
  [/glm-4/, [...text, 'reasoning'], 'glm-4', 7],
  [/minimax-m/, [...text, 'reasoning'], 'minimax', 6],
  [/qwen3.*vl|qwen.*vl|qvq/, vision, 'qwen-vl', 6],
  [/qwen3\.[5-9]|qwen3.*(?:235b|max|480b)/, [...text, 'reasoning'], 'qwen3-large', 6],
  [/qwen3|qwq/, [...text, 'reasoning'], 'qwen3', 7],
  [/qwen/, text, 'qwen', 7],
  [/llama-4|llama-3\.2-(?:11b|90b)|llama-.*vision/, vision, 'llama-vision', 8],
  [/llama-?3.*70b|llama-3\.3/, text, 'llama-70b', 8],
  [/llama-?3.*405b/, text, 'llama-405b', 4],
  [/llama.*-(?:1b|3b)-/, ['chat'], 'llama-tiny', 10],
  [/llama/, ['chat', 'tools'], 'llama', 9],
  [/magistral/, [...vision, 'reasoning'], 'magistral', 6],
  [/pixtral|mistral-(?:medium|large|small)/, vision, 'mistral-large', 7],
  [/codestral|devstral|ministral/, text, 'codestral', 8],
  [/mistral|mixtral/, ['chat', 'tools'], 'mistral', 8],
  [/command-a/, text, 'command-a', 7, 8000],
  [/command/, ['chat', 'tools', 'json_schema'], 'command', 7, 4000],
  [/nemotron/, [...text, 'reasoning'], 'nemotron', 7],
  [/granite-4/, ['chat', 'tools'], 'granite', 9],
  [/sea-lion/, ['chat'], 'sea-lion', 7],
  [/gemma-[34]/, vision, 'gemma', 8, 8192],
  [/nova-(?:pro|lite|premier)/, [...vision, 'pdf'], 'nova', 7, 10_000],
]

/** The family of a model id; a model of no family is taken for a chat model without extras. */
export function modelFamily(id: string): ModelFamily {
  const row = findRow(id)
  if (!row) return { capabilities: ['chat'] }
  const [, capabilities, family, speed, maxOutput] = row
  const quality = typeof family === 'number' ? family : qualityPriors[family][0]
  return { capabilities, quality, speed, ...(maxOutput !== undefined && { maxOutput }) }
}

/** Which row of `qualityPriors` a model goes by; `undefined` for one of no family, or that doesn't answer text. */
export function qualityFamily(id: string): QualityFamily | undefined {
  const family = findRow(id)?.[2]
  return typeof family === 'string' ? family : undefined
}

/** Rows by name, as far as they were looked for; callers may name anything, so it begins anew when it is long. */
const found = new Map<string, Row | undefined>()
const mostFound = 5000

function findRow(id: string): Row | undefined {
  const name = id.toLowerCase().slice(id.lastIndexOf('/') + 1)
  if (found.has(name)) return found.get(name)
  if (found.size >= mostFound) found.clear()
  const row = rows.find(([pattern]) => pattern.test(name))
  found.set(name, row)
  return row
}
