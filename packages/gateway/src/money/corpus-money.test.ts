import { isObject, toUsage, type JsonObject } from '@gw/adapters'
import { cost, type Cost } from '@gw/catalog'
import { calcPrice, extractUsage, findProvider, type Provider } from '@pydantic/genai-prices'
import { describe, expect, test } from 'vitest'
import { hasCorpus, providerIdOf, readOurUsage, readRaw, readRecorded, type Recorded } from './__fixtures__/recorded.ts'
import { billedUsage } from './billed-usage.ts'

const at = Date.UTC(2026, 10, 21, 12)
const recordings = readRecorded()

/** What the provider itself says that the call used, from the raw answer. */
const totals: Readonly<Record<string, (usage: JsonObject, raw: JsonObject) => number | undefined>> = {
  'openai.chat': ({ total_tokens: total }) => count(total),
  'openai.completions': ({ total_tokens: total }) => count(total),
  'openai.embeddings': ({ total_tokens: total }) => count(total),
  'openai.responses': ({ total_tokens: total }) => count(total),
  'anthropic.messages': (usage) => sum(usage, anthropicFields),
  'bedrock.invoke': (usage) => sum(usage, anthropicFields),
  'gemini.generateContent': ({ totalTokenCount: total }) => count(total),
  'cohere.chat_v2': ({ tokens }) => (isObject(tokens) ? sum(tokens, ['input_tokens', 'output_tokens']) : undefined),
  'bedrock.converse': ({ totalTokens: total }) => count(total),
  'ollama.chat': (_usage, raw) => sum(raw, ['prompt_eval_count', 'eval_count']),
  'ollama.generate': (_usage, raw) => sum(raw, ['prompt_eval_count', 'eval_count']),
  'workersai.run': ({ total_tokens: total }) => count(total),
}

const anthropicFields = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens', 'output_tokens']

const count = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

const sum = (from: JsonObject, names: readonly string[]): number =>
  names.reduce((total, name) => total + (count(from[name]) ?? 0), 0)

function usageIn(raw: JsonObject): JsonObject {
  const inside = isObject(raw['result']) ? raw['result'] : raw
  const usage = inside['usage'] ?? inside['usageMetadata'] ?? {}
  return isObject(usage) ? usage : {}
}

/** Answers whose classes rightly sum to something else than the provider's total. */
const otherTotals: Readonly<Record<string, string>> = {
  'custom-vercel-gateway.chat.stream.parallel-tools.74332ba': 'the total leaves reasoning out',
  'custom-vercel-gateway.chat.unary.reasoning.de840a0': 'the total leaves reasoning out',
  'custom-vercel-gateway.chat.unary.tools.d4e383d': 'the total leaves reasoning out',
  'custom-vercel-gateway.chat.stream.tools.30ee8fc': 'the total leaves reasoning out',
}

/** A name of the recordings → a provider of genai-prices. */
const judges: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  vertex: 'google',
  bedrock: 'aws',
  'azure-openai': 'azure',
  groq: 'groq',
  mistral: 'mistral',
  cohere: 'cohere',
  xai: 'x-ai',
  'workers-ai': 'cloudflare',
  deepseek: 'deepseek',
  perplexity: 'perplexity',
  openrouter: 'openrouter',
  cerebras: 'cerebras',
}

/** A dialect of the recordings → the extractors of genai-prices that read it, the first that the provider has. */
const flavors: Readonly<Record<string, readonly string[]>> = {
  'openai.chat': ['chat', 'default'],
  'openai.completions': ['chat', 'default'],
  'openai.embeddings': ['embeddings', 'default'],
  'openai.responses': ['responses'],
  'anthropic.messages': ['anthropic', 'default'],
  'bedrock.invoke': ['anthropic'],
  'gemini.generateContent': ['default'],
  'bedrock.converse': ['default'],
  'cohere.chat_v2': ['default'],
  'workersai.run': ['default'],
}

/** Recordings, by the start of their id, that genai-prices judges otherwise than we, and why we are right. */
const exemptions: Readonly<Record<string, string>> = {
  'cerebras.chat.unary.tool-choice.0b5a8a2': 'a model without prices in the data is unknown here and 0 there',
  'cerebras.chat.unary.tools.923d723': 'a model without prices in the data is unknown here and 0 there',
  'google.chat.unary.tool-result.f0443d2': 'thoughts are in the total alone, and billed',
  'google.chat.unary.tools.7e958cc': 'thoughts are in the total alone, and billed',
  'mistral.chat.stream.audio-in.efa7d2f': 'audio is counted beside the prompt, as the total says; left out there',
  'mistral.chat.unary.audio-in.b4e73bc': 'audio is counted beside the prompt, as the total says; left out there',
  'mistral.chat.unary.document.f52963e': '`num_cached_tokens` is not read there',
  'mistral.chat.unary.tools.48b5f6a': '`num_cached_tokens` is not read there',
  'mistral.chat.unary.vision.af6f1fa': '`num_cached_tokens` is not read there',
  'mistral.embeddings.unary.emb-batch.635e09e': 'codestral-embed has no price there',
  'workers-ai.chat.stream.basic.afb6c59': 'neurons are exact, dollars per million are rounded to a tenth of a cent',
}

describe.skipIf(!hasCorpus)(`recorded money${hasCorpus ? '' : ' (skipped: ../shared/corpus is not there)'}`, () => {
  const reported = recordings.flatMap((recorded) => {
    const usage = readOurUsage(recorded)
    const raw = readRaw(recorded)
    if (!usage || !raw) return []
    const counted = toUsage(usage)
    return [{ recorded, raw, usage: counted, billed: billedUsage(counted, usage) }]
  })

  test('the classes of every answer sum to the total of its provider', () => {
    const wrong = reported.flatMap(({ recorded, raw, usage }) => {
      const total = totals[recorded.api]?.(usageIn(raw), raw)
      const ours = Object.values(usage).reduce((all, tokens) => all + tokens, 0)
      return total === undefined || total === ours || isExempt(otherTotals, recorded)
        ? []
        : [`${recorded.id}: ${ours}, not ${total}`]
    })
    expect(wrong).toEqual([])
    expect(reported.length).toBeGreaterThan(700)
  })

  const judged = reported.flatMap(({ recorded, raw, billed }) => {
    const verdict = judge(recorded, raw)
    return verdict ? [{ recorded, verdict, ours: costOf(recorded, verdict.model, billed) }] : []
  })
  const apart = judged.filter(({ verdict, ours }) => !agrees(ours, verdict.nanoUsd))

  test('every cost is that of genai-prices, from the raw answer', () => {
    const wrong = apart.filter(({ recorded }) => !isExempt(exemptions, recorded))
    expect(wrong.map(({ recorded, verdict, ours }) => [recorded.id, ours?.nanoUsd, verdict.nanoUsd])).toEqual([])
    expect(judged.filter(({ ours }) => ours !== undefined).length).toBeGreaterThan(400)
  })

  test('no exemption outlives its reason', () => {
    const needed = apart.map(({ recorded }) => recorded.id)
    const idle = Object.keys(exemptions).filter((start) => !needed.some((id) => id.startsWith(start)))
    expect(idle).toEqual([])
  })
})

function isExempt(table: Readonly<Record<string, string>>, { id }: Recorded): boolean {
  return Object.keys(table).some((start) => id.startsWith(start))
}

interface Verdict {
  model: string
  /** `undefined` for a model without a known price, or an answer that genai-prices refuses. */
  nanoUsd: number | undefined
}

/** What genai-prices makes of the raw answer by itself; `undefined` where it can't read it. */
function judge(recorded: Recorded, raw: JsonObject): Verdict | undefined {
  const provider = findProvider({ providerId: judges[recorded.provider] ?? 'none' })
  const flavor = provider && flavorOf(recorded, provider)
  if (!provider || flavor === undefined) return undefined
  try {
    const { usage, model } = extractUsage(provider, raw, flavor)
    const name = modelOf(recorded, model ?? undefined)
    const price = calcPrice(usage, name, { provider, timestamp: new Date(at) })
    return { model: name, nanoUsd: price ? price.total_price * 1e9 : undefined }
  } catch {
    return undefined
  }
}

function flavorOf({ api }: Recorded, { extractors = [] }: Provider): string | undefined {
  const known = new Set(extractors.map(({ api_flavor: flavor }) => flavor))
  return flavors[api]?.find((flavor) => known.has(flavor))
}

function modelOf({ request }: Recorded, answered: string | undefined): string {
  const asked = request?.body?.['model']
  const inPath = /\/models?\/([^/:]+)/.exec(decodeURIComponent(request?.url ?? ''))?.[1]
  return answered ?? (typeof asked === 'string' ? asked : (inPath ?? ''))
}

function costOf(recorded: Recorded, model: string, usage: Parameters<typeof cost>[0]): Cost | undefined {
  return cost(usage, { provider: providerIdOf(recorded), model }, at)
}

/** Each line of ours is rounded to a whole nano-dollar; theirs are not. */
function agrees(ours: Cost | undefined, theirs: number | undefined): boolean {
  if (!ours || theirs === undefined) return ours === undefined && theirs === undefined
  return Math.abs(ours.nanoUsd - theirs) <= ours.lines.length / 2 + 0.001
}
