import type { AudioPart, ContentPart, FilePart } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { parseDataUrl } from '../anthropic-messages/parse-data-url.ts'
import { warnOfDetail } from '../openai-chat/warn-of-detail.ts'
import { mediaTypeOf } from './media-type-of.ts'

export interface PartContext {
  /** Path of the content, such as `messages[2].content`. */
  param: string
  warnings: Set<string>
}

/**
 * One content part. What lies behind a URL is named by its address (`gs://`, the Files API, YouTube, public https) and a
 * media type, guessed from the address where nobody says it.
 * @throws WireError `unsupported` for a file known only by another vendor's id.
 */
export function formatPart(part: ContentPart, context: PartContext): JsonObject {
  if ('cache_control' in part) context.warnings.add('cache_control')
  switch (part.type) {
    case 'text':
      return { text: part.text }
    case 'image_url': {
      const { url, media_type } = part.image_url
      warnOfDetail(part, context.warnings)
      return formatAddress(url, media_type ?? mediaTypeOf(url, 'image/jpeg'))
    }
    case 'input_audio':
      return { inlineData: { mimeType: audioTypeOf(part), data: part.input_audio.data } }
    case 'file':
      return formatFile(part, context)
  }
}

function formatAddress(url: string, mediaType: string): JsonObject {
  const inline = parseDataUrl(url)
  if (inline) return { inlineData: { mimeType: inline.mediaType, data: inline.data } }
  return { fileData: { fileUri: url, mimeType: mediaType } }
}

function audioTypeOf({ input_audio: { format } }: AudioPart): string {
  return format.includes('/') ? format : mediaTypeOf(`.${format}`, `audio/${format}`)
}

function formatFile({ file, citations }: FilePart, { param, warnings }: PartContext): JsonObject {
  const { file_data, file_url, file_id, filename, media_type } = file
  if (citations?.enabled) warnings.add('citations')
  const named = media_type ?? mediaTypeOf(filename ?? '', 'application/pdf')
  if (file_data !== undefined) {
    return file_data.startsWith('data:')
      ? formatAddress(file_data, named)
      : { inlineData: { mimeType: named, data: file_data } }
  }
  if (file_url !== undefined) return formatAddress(file_url, media_type ?? mediaTypeOf(file_url, named))
  if (file_id !== undefined && /^(?:https?|gs):\/\//.test(file_id)) return formatAddress(file_id, named)
  const message = 'Gemini does not know this file id: send the file itself or its URI.'
  throw new WireError('unsupported', message, param)
}
