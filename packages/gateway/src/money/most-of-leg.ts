import { isObject, parseObject, type Json, type JsonObject } from '@gw/adapters'
import type { MostUsage } from '@gw/catalog'
import type { UpstreamLeg } from '../plan.ts'
import { readOutputLimit } from './read-output-limit.ts'

/** Bounds on what one attempt can use. */
export interface MostUsed {
  /** `undefined` where the request alone does not say: it refers to files, to earlier turns, or to tools of the provider's. */
  inputTokens: number | undefined
  /** Of one answer; `undefined` where the request sets no bound: the model's own applies. */
  outputTokens: number | undefined
  /** Answers to the same input. */
  answers: number
  /** Characters of text, for what is paid by them; `undefined` for a body that nobody reads. */
  characters: number | undefined
  /** The classes of input that the request can use. */
  inputClasses: MostUsage['inputClasses']
  /** Web searches that the provider may make and charge for. */
  searches: number
}

/** What providers add around messages and tools in words of their own. */
const frameTokens = 2048

/** A picture may be small in bytes and large in pixels; more than any vendor counts for one. */
const pictureTokens = 16_384

/** Workers AI writes so much where the request names no limit. */
const workersAITokens = 256

/** More than a model makes where nobody bounds its searches. */
const unboundedSearches = 100

/**
 * Bounds on what a request can use at its provider. A token is at least a byte, so that bytes bound the text.
 * @see https://developers.cloudflare.com/workers-ai/models/ for the default of `max_tokens`
 */
export function mostOfLeg(leg: UpstreamLeg): MostUsed {
  const { text, body } = bodyOf(leg)
  const isUnread = leg.kind === 'native' && leg.body instanceof ReadableStream
  const found = look(body)
  const isOpen = isUnread || found.isOpen
  const bytes = new TextEncoder().encode(text).length
  const usual = leg.provider.id === 'workers-ai' ? workersAITokens : undefined
  return {
    inputTokens: isOpen ? undefined : bytes + frameTokens + found.pictures * pictureTokens,
    outputTokens: leg.kind === 'task' ? 0 : ((body && readOutputLimit(leg, body)) ?? usual),
    answers: found.answers,
    characters: isUnread ? undefined : bytes,
    inputClasses: isOpen ? undefined : inputClassesOf(found),
    searches: isOpen ? unboundedSearches : 0,
  }
}

/** Cache writes and audio cost more, and only some requests can use them. */
function inputClassesOf({ caches, hears }: Found): MostUsed['inputClasses'] {
  return [
    'input_image',
    ...(caches ? (['cache_write_5m', 'cache_write_1h'] as const) : []),
    ...(hears ? (['input_audio'] as const) : []),
  ]
}

function bodyOf(leg: UpstreamLeg): { text: string; body: JsonObject | undefined } {
  if (leg.kind === 'chat') return leg.chat
  const text = typeof leg.body === 'string' ? leg.body : ''
  return { text, body: parseObject(text) }
}

interface Found {
  pictures: number
  /** It takes in something that nobody here can measure. */
  isOpen: boolean
  answers: number
  caches: boolean
  hears: boolean
}

/** Fields that refer to input which is not in the body, or have the provider fetch some. */
const openFields =
  /^(?:file_?(?:id|uri|url|data)|cached_?content|previous_response_id|conversation|prompt_cache_id|s3_?location|mcp_servers|web_search_options|search_parameters|plugins|url_?context|google_?search(?:_?retrieval)?|code_?execution|item_reference|batch|requests)$/i

/** Parts whose tokens their bytes do not bound: pages and seconds do. */
const openTypes =
  /^(?:document|file|input_file|input_audio|audio|video|input_video|file_data|item_reference|mcp|file_search|computer.*)$|web_search|web_fetch|code_(?:execution|interpreter)/

const openMedia = /^(?:application\/pdf|audio\/|video\/)/
const answerCounts = /^(?:n|best_of|candidate_?count|sample_?count|num_(?:images|outputs))$/i

/** Everything in a body that bears on its bounds. */
function look(body: JsonObject | undefined): Found {
  const found: Found = { pictures: 0, isOpen: false, answers: 1, caches: false, hears: false }
  const waiting: Json[] = body ? [body] : []
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (Array.isArray(part)) for (const item of part) waiting.push(item)
    if (!isObject(part)) continue
    if (isPicture(part)) found.pictures += 1
    else if (isOpenPart(part)) found.isOpen = true
    for (const [name, field] of Object.entries(part)) {
      if (name === 'cache_control' || name === 'cachePoint') found.caches = true
      if (/audio/i.test(name) || field === 'audio') found.hears = true
      if (answerCounts.test(name)) found.answers = Math.max(found.answers, Math.ceil(Number(field)) || 1)
      if (field !== undefined) waiting.push(field)
    }
  }
  // A prompt that the provider keeps is named by its id.
  if (isObject(body?.['prompt']) && 'id' in body['prompt']) found.isOpen = true
  return found
}

function isOpenPart(part: JsonObject): boolean {
  const { type } = part
  if (typeof type === 'string' && openTypes.test(type)) return true
  const media = part['media_type'] ?? part['mime_type'] ?? part['mimeType']
  if (typeof media === 'string' && openMedia.test(media)) return true
  return Object.entries(part).some(
    ([name, field]) =>
      (openFields.test(name) && field !== null && field !== '') ||
      (/^ur[li]$/.test(name) &&
        typeof field === 'string' &&
        /\.(?!png|jpe?g|gif|webp|avif|bmp)\w+(?:[?#]|$)/i.test(pathOf(field))),
  )
}

/** What of an address names a file. */
const pathOf = (url: string): string => url.replace(/^\w+:\/\/[^/]*/, '')

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

/** The same in the words of the catalog. */
export function toMostUsage({
  inputTokens,
  outputTokens,
  answers,
  characters,
  inputClasses,
  searches,
}: MostUsed): MostUsage {
  return {
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(characters !== undefined && { characters }),
    ...(inputClasses && { inputClasses }),
    answers,
    searches,
    images: answers,
  }
}
