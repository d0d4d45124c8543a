import type { Json, JsonObject } from '../../../src/json.ts'
import type { Ask, RequestFeature } from '../feature.ts'
import type { InboundId } from '../formats.ts'

type Says = RequestFeature['says']

/** The same fields in some formats. */
export function sayAlike(formats: readonly InboundId[], fields: JsonObject): Says {
  return Object.fromEntries(formats.map((format) => [format, { with: fields }]))
}

/** Formats whose messages have OpenAI's shape, and whose parts of a message have. */
export const chatLike = ['openai-chat', 'cohere-chat', 'ollama-chat', 'workers-ai'] as const
export const partsLike = ['openai-chat', 'workers-ai'] as const

type Parts = Partial<Record<InboundId, Json>>

/** A question of the user that consists of parts. */
export function sayInParts(parts: Parts): Says {
  const asks = Object.entries(parts).map(([format, content]): [string, Ask] => {
    if (format === 'gemini-generate') return [format, { with: { contents: [{ role: 'user', parts: content }] } }]
    const field = format === 'openai-responses' ? 'input' : 'messages'
    return [format, { with: { [field]: [{ role: 'user', content }] } }]
  })
  return Object.fromEntries(asks)
}

/** Fields beside others that every request of the feature has. */
export function sayBeside(common: Parts, fields: Partial<Record<InboundId, JsonObject>>): Says {
  const asks = Object.entries(fields).map(([format, own]): [string, Ask] => {
    const base = Object.entries(common).find(([id]) => id === format)?.[1]
    const without = typeof base === 'object' && base !== null && !Array.isArray(base) ? base : {}
    return [format, { with: { ...without, ...own }, without }]
  })
  return Object.fromEntries(asks)
}
