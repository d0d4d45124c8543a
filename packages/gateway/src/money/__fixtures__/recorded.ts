import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  anthropicMessages,
  bedrockConverse,
  builtinProviders,
  chatApisOf,
  cohereChat,
  cohereEmbed,
  createEventDecoder,
  geminiEmbed,
  geminiGenerate,
  isObject,
  ollamaChat,
  ollamaEmbed,
  ollamaGenerate,
  openaiChat,
  openaiCompletions,
  openaiEmbeddings,
  openaiResponses,
  parseObject,
  workersAI,
  type ChatUsage,
  type EmbeddingsFormat,
  type JsonObject,
  type Provider,
  type WireFormat,
} from '@gw/adapters'

/** Recorded provider traffic, which lies beside the repository where it is at hand. */
const root = fileURLToPath(new URL('../../../../../../shared/corpus', import.meta.url))

export const hasCorpus = existsSync(root)

/** A recorded call. */
export interface Recorded {
  id: string
  provider: string
  api: string
  modality: string
  streaming: boolean
  request?: { url?: string; body?: JsonObject; multipart?: { name: string; value?: string }[] }
  response: {
    status: number
    headers?: Record<string, string>
    body?: JsonObject
    sse?: string
    ndjson?: string
    base64?: string
  }
}

/** Every recorded call that was answered. */
export function readRecorded(): Recorded[] {
  if (!hasCorpus) return []
  const index: { status: number; file: string }[] = JSON.parse(readFileSync(join(root, 'index.json'), 'utf8'))
  return index
    .filter(({ status }) => status === 200)
    .map(({ file }): Recorded => JSON.parse(readFileSync(join(root, file), 'utf8')))
}

/** The dialects of the recordings that are chat. */
const wires: Readonly<Record<string, WireFormat>> = {
  'openai.chat': openaiChat,
  'openai.completions': openaiCompletions,
  'openai.responses': openaiResponses,
  'anthropic.messages': anthropicMessages,
  'gemini.generateContent': geminiGenerate,
  'cohere.chat_v2': cohereChat,
  'bedrock.converse': bedrockConverse,
  'ollama.chat': ollamaChat,
  'ollama.generate': ollamaGenerate,
  'workersai.run': workersAI,
}

/** The dialects of the recordings that are embeddings. */
const embeddings: Readonly<Record<string, EmbeddingsFormat>> = {
  'openai.embeddings': openaiEmbeddings,
  'cohere.embed': cohereEmbed,
  'gemini.embed': geminiEmbed,
  'ollama.embed': ollamaEmbed,
}

/** Names of the recordings → ids of ours, where they differ. */
const ids: Readonly<Record<string, string>> = {
  google: 'google-ai-studio',
  vertex: 'google-vertex-ai',
  bedrock: 'aws-bedrock',
  xai: 'grok',
  perplexity: 'perplexity-ai',
  'custom-alibaba': 'alibaba',
  'custom-moonshot': 'moonshotai',
}

export const providerIdOf = ({ provider }: Recorded): string => ids[provider] ?? provider

/** The usage that our reader finds in an answer; `undefined` where it reports none. */
export function readOurUsage(recorded: Recorded): ChatUsage | undefined {
  const embedding = embeddings[recorded.api]
  const { body } = recorded.response
  if (embedding) return body && embedding.parseResponse(body, { model: '', inputs: [], isList: true, unread: [] }).usage
  const wire = wireOf(recorded)
  if (!wire) return undefined
  const repair = repairOf(recorded, wire)
  if (body && !recorded.streaming) return wire.parseResponse(repair?.(body) ?? body, context).usage
  const decoder = wire.createDecoder(context)
  const items = readEvents(recorded).flatMap((event) => {
    const data = repair && parseObject(event.data)
    return decoder.push(data ? { ...event, data: JSON.stringify(repair(data)) } : event)
  })
  return [...items, ...decoder.end()].flatMap((item) => (item.type === 'chunk' ? (item.chunk.usage ?? []) : [])).at(-1)
}

/** Of Bedrock's native calls, only Claude's have a dialect that is read here. */
function wireOf({ api, request, streaming }: Recorded): WireFormat | undefined {
  const isClaude = api === 'bedrock.invoke' && /\.claude-(?!instant|v2)/.test(request?.url ?? '')
  return isClaude && !streaming ? anthropicMessages : wires[api]
}

const context = { model: 'the-model', now: () => 0, createId: () => 'id' }

function repairOf(recorded: Recorded, wire: WireFormat): Provider['repair'] {
  const provider = builtinProviders.find(({ id }) => id === providerIdOf(recorded))
  return provider && chatApisOf(provider).find((api) => api.wire.id === wire.id)?.repair
}

function readEvents({ api, response: { sse, ndjson, base64 } }: Recorded) {
  const bytes = base64 === undefined ? new TextEncoder().encode(sse ?? ndjson ?? '') : Buffer.from(base64, 'base64')
  const decoder = createEventDecoder(wires[api]?.framing)
  return [...decoder.push(bytes), ...decoder.end()]
}

/**
 * The answer as the provider wrote it; of a stream, one object with what its events say of model and usage, put together
 * without any code of ours but the cutting into events.
 */
export function readRaw(recorded: Recorded): JsonObject | undefined {
  const { body } = recorded.response
  if (body && !recorded.streaming) return body
  const raw: JsonObject = {}
  for (const { data } of readEvents(recorded)) collect(parseObject(data) ?? {}, raw)
  return raw
}

/** Later events win field by field: Anthropic tells the input first and the output last. */
function collect(event: JsonObject, into: JsonObject): void {
  for (const part of [event, event['message'], event['response'], event['delta']]) {
    if (!isObject(part)) continue
    for (const name of ['model', 'modelVersion']) if (typeof part[name] === 'string') into[name] = part[name]
    for (const name of ['usage', 'usageMetadata']) if (isObject(part[name])) into[name] = merge(into[name], part[name])
    for (const name of ['prompt_eval_count', 'eval_count']) if (part[name] !== undefined) into[name] = part[name]
  }
}

const merge = (old: unknown, fresh: JsonObject): JsonObject => ({ ...(isObject(old) && old), ...fresh })
