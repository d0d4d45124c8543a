import type { ImagePart } from '../../chat.ts'
import { stringOf, type JsonObject } from '../../json.ts'
import { parseDataUrl } from '../anthropic-messages/parse-data-url.ts'
import { mediaTypeOf } from './media-type-of.ts'

/** An image of an answer. */
export function formatImage({ image_url: { url } }: ImagePart): JsonObject {
  const inline = parseDataUrl(url)
  if (inline) return { inlineData: { mimeType: inline.mediaType, data: inline.data } }
  return { fileData: { fileUri: url, mimeType: mediaTypeOf(url, 'image/png') } }
}

/** Audio of an answer; OpenAI's is 24 kHz PCM where nobody says otherwise. */
export function formatAudio(audio: JsonObject): JsonObject | undefined {
  const data = stringOf(audio['data'])
  if (data === undefined || data === '') return undefined
  return { inlineData: { mimeType: stringOf(audio['mime_type']) ?? 'audio/L16;codec=pcm;rate=24000', data } }
}
