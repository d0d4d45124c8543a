import type { LanguageModelV4FilePart } from '@ai-sdk/provider'
import type { ContentPart } from '../chat.ts'
import { WireError } from '../wire-error.ts'

/** An image, a document or audio as a file. @throws WireError `unsupported` for files that another API keeps. */
export function toFilePart(part: Exclude<ContentPart, { type: 'text' }>): LanguageModelV4FilePart {
  if (part.type === 'input_audio') {
    const { data, format } = part.input_audio
    return { type: 'file', mediaType: `audio/${format === 'mp3' ? 'mpeg' : format}`, data: { type: 'data', data } }
  }
  if (part.type === 'image_url') return fileOf(part.image_url.url, part.image_url.media_type ?? 'image/*')
  const { file_data: data, file_url: url, media_type: mediaType, filename } = part.file
  const source = data ?? url
  if (source === undefined)
    throw new WireError('unsupported', 'Send the file itself: ids of other APIs are unknown here.', 'messages')
  return { ...fileOf(source, mediaType ?? 'application/pdf'), ...(filename !== undefined && { filename }) }
}

function fileOf(source: string, mediaType: string): LanguageModelV4FilePart {
  const [, type, data] = /^data:([^;,]+)[^,]*;base64,(.*)$/s.exec(source) ?? []
  if (type !== undefined && data !== undefined) return { type: 'file', mediaType: type, data: { type: 'data', data } }
  if (URL.canParse(source)) return { type: 'file', mediaType, data: { type: 'url', url: new URL(source) } }
  throw new WireError('invalid_request', 'A file must be a URL or a base64 `data:` URL.', 'messages')
}
