import type { LanguageModelV3File, LanguageModelV4File } from '@ai-sdk/provider'
import type { ImagePart } from '../chat.ts'

/** An image of an answer; other files have no place in a chat completion. */
export function toImage({ mediaType, data }: LanguageModelV3File | LanguageModelV4File): ImagePart[] {
  if (!mediaType.startsWith('image/')) return []
  const isTagged = typeof data === 'object' && 'type' in data
  if (isTagged && data.type === 'url') return [{ type: 'image_url', image_url: { url: data.url.href } }]
  const bytes = isTagged && data.type === 'data' ? data.data : data
  if (typeof bytes !== 'string' && !(bytes instanceof Uint8Array)) return []
  return [{ type: 'image_url', image_url: { url: `data:${mediaType};base64,${toBase64(bytes)}` } }]
}

function toBase64(data: string | Uint8Array): string {
  if (typeof data === 'string') return data
  return btoa(Array.from(data, (byte) => String.fromCodePoint(byte)).join(''))
}
