import { isObject, parseObject, type Json, type JsonObject } from '@gw/adapters'
import type { MostUsage } from '@gw/catalog'
import type { UpstreamLeg } from '../plan.ts'

/** Bounds on what one attempt can use. */
export interface MostUsed {
  /** `undefined` where the request alone does not say: it refers to files or to earlier turns. */
  inputTokens: number | undefined
  /** `undefined` where the request sets no bound: the model's own applies. */
  outputTokens: number | undefined
  /** Answers to the same input. */
  answers: number
  /** Characters of text, for what is paid by them. */
  characters: number
  /** The classes of input that the request can use. */
  inputClasses: NonNullable<MostUsage['inputClasses']>
}

/** What providers add around messages and tools in words of their own. */
const frameTokens = 2048

/** A picture may be small in bytes and large in pixels; more than any vendor counts for one. */
const pictureTokens = 16_384

/** Workers AI writes so much where the request names no limit. */
const workersAITokens = 256

/**
 * Bounds on what a request can use at its provider. A token is at least a byte, so that bytes bound the text.
 * @see https://developers.cloudflare.com/workers-ai/models/ for the default of `max_tokens`
 */
export function mostOfLeg(leg: UpstreamLeg): MostUsed {
  const { text, body } = bodyOf(leg)
  const characters = byteLength(text)
  const found = body ? look(body) : { pictures: 0, isOpen: leg.kind === 'native' && leg.body instanceof ReadableStream }
  const outputTokens = leg.kind === 'task' ? 0 : body && readLimit(body)
  const usual = leg.provider.id === 'workers-ai' ? workersAITokens : undefined
  return {
    inputTokens: found.isOpen ? undefined : characters + frameTokens + found.pictures * pictureTokens,
    outputTokens: outputTokens ?? usual,
    answers: body ? readAnswers(body) : 1,
    characters,
    inputClasses: inputClassesOf(text),
  }
}

/** Cache writes and audio cost more, and only some requests can use them. */
function inputClassesOf(text: string): MostUsed['inputClasses'] {
  return [
    'input_image',
    ...(/cache_control|cachePoint/.test(text) ? (['cache_write_5m', 'cache_write_1h'] as const) : []),
    ...(/audio/i.test(text) ? (['input_audio'] as const) : []),
  ]
}

function bodyOf(leg: UpstreamLeg): { text: string; body: JsonObject | undefined } {
  if (leg.kind === 'chat') return leg.chat
  const text = typeof leg.body === 'string' ? leg.body : ''
  return { text, body: parseObject(text) }
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length

/** Fields that refer to input which is not in the body. */
const references: ReadonlySet<string> = new Set([
  'file_id',
  'file_uri',
  'fileUri',
  'file_url',
  'cachedContent',
  'cached_content',
  'previous_response_id',
  'conversation',
  'prompt_cache_id',
  'url',
  'uri',
  's3Location',
])

/** Parts whose tokens their bytes do not bound: pages and seconds do. */
const heavyTypes = /^(?:document|file|input_file|input_audio|audio|video|input_video|file_data)$/
const heavyMedia = /^(?:application\/pdf|audio\/|video\/)/

interface Found {
  pictures: number
  isOpen: boolean
}

/** Pictures in a body, and whether it takes in something that nobody here can measure. */
function look(value: Json | undefined): Found {
  const found: Found = { pictures: 0, isOpen: false }
  const visit = (part: Json | undefined): void => {
    if (found.isOpen) return
    const parts = Array.isArray(part) ? part : []
    for (const item of parts) visit(item)
    if (!isObject(part)) return
    if (isOpenPart(part)) found.isOpen = true
    if (isPicture(part)) found.pictures += 1
    for (const field of Object.values(part)) visit(field)
  }
  visit(value)
  return found
}

function isOpenPart(part: JsonObject): boolean {
  const { type } = part
  if (
    typeof type === 'string' &&
    (heavyTypes.test(type) || /(?:^|_)web_search|web_fetch|code_(?:execution|interpreter)/.test(type))
  )
    return true
  const media = part['media_type'] ?? part['mime_type'] ?? part['mimeType']
  if (typeof media === 'string' && heavyMedia.test(media)) return true
  return Object.entries(part).some(
    ([name, field]) =>
      references.has(name) &&
      typeof field === 'string' &&
      field !== '' &&
      !field.startsWith('data:image/') &&
      !isPictureAddress(part, name),
  )
}

/** The address of a picture is no text, but what it costs has a bound. */
function isPictureAddress(part: JsonObject, name: string): boolean {
  return (
    (name === 'url' || name === 'uri') && ('detail' in part || part['type'] === 'url' || Object.keys(part).length === 1)
  )
}

function isPicture(part: JsonObject): boolean {
  const media = part['media_type'] ?? part['mime_type'] ?? part['mimeType']
  return (
    part['type'] === 'image_url' ||
    part['type'] === 'input_image' ||
    part['type'] === 'image' ||
    'image' in part ||
    (typeof media === 'string' && media.startsWith('image/'))
  )
}

/** Where formats say how long an answer may be, outermost first. */
const limitFields = [
  'max_completion_tokens',
  'max_output_tokens',
  'max_tokens',
  'maxOutputTokens',
  'maxTokens',
  'num_predict',
  'max_tokens_to_sample',
] as const
const settings = ['generationConfig', 'inferenceConfig', 'options', 'parameters', 'input'] as const

function readLimit(body: JsonObject): number | undefined {
  const places = [body, ...settings.map((name) => body[name]).filter(isObject)]
  const limits = places.flatMap((place) => limitFields.map((name) => place[name]))
  return limits.find((limit): limit is number => typeof limit === 'number' && limit > 0)
}

function readAnswers(body: JsonObject): number {
  const config = body['generationConfig']
  const counts = [body['n'], body['best_of'], isObject(config) ? config['candidateCount'] : undefined]
  const given = counts.filter(
    (count): count is number => typeof count === 'number' && Number.isInteger(count) && count > 0,
  )
  return Math.max(1, ...given)
}

/** The same in the words of the catalog. */
export function toMostUsage({ inputTokens, outputTokens, answers, characters, inputClasses }: MostUsed): MostUsage {
  return {
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens: outputTokens * answers }),
    characters,
    inputClasses,
    images: answers,
  }
}
