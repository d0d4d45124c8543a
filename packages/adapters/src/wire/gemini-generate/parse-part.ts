import type { ContentPart } from '../../chat.ts'
import { objectOf, stringOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { toStandardBase64 } from './to-standard-base64.ts'

interface ParsedPart {
  part?: ContentPart
  /** The canonical part says less than this one, or there is none. */
  isLossy: boolean
}

const plain: ReadonlySet<string> = new Set(['text', 'inlineData', 'fileData', 'thought', 'thoughtSignature'])

/** One part of a user's content. @throws WireError `invalid_request` naming a part that holds nothing. */
export function parsePart(part: JsonObject, param: string): ParsedPart {
  const isLossy = Object.entries(part).some(([field, value]) => !plain.has(field) && value !== null)
  const text = stringOf(part['text'])
  if (text !== undefined) return { part: { type: 'text', text }, isLossy }
  const media = parseMedia(objectOf(part['inlineData']) ?? objectOf(part['fileData']))
  if (media) return { part: media, isLossy }
  if (isLossy) return { isLossy }
  const message = `\`${param}\` must hold one of text, inlineData, fileData, functionCall and functionResponse.`
  throw new WireError('invalid_request', message, param)
}

const audioFormats: Readonly<Record<string, string>> = { 'audio/mpeg': 'mp3', 'audio/mp3': 'mp3', 'audio/x-wav': 'wav' }

function parseMedia(media: JsonObject | undefined): ContentPart | undefined {
  const stated = stringOf(media?.['mimeType'])
  const encoded = stringOf(media?.['data'])
  const uri = stringOf(media?.['fileUri'])
  const mediaType = stated ?? 'application/octet-stream'
  const filename = stringOf(media?.['displayName'])
  const named = filename === undefined ? {} : { filename }
  if (encoded !== undefined) {
    const data = toStandardBase64(encoded)
    const url = `data:${mediaType};base64,${data}`
    if (mediaType.startsWith('image/')) return { type: 'image_url', image_url: { url } }
    const format = audioFormats[mediaType] ?? mediaType.replace(/^audio\//, '')
    if (mediaType.startsWith('audio/')) return { type: 'input_audio', input_audio: { data, format } }
    return { type: 'file', file: { file_data: url, ...named } }
  }
  if (uri === undefined) return undefined
  const typed = stated === undefined ? {} : { media_type: stated }
  if (stated?.startsWith('image/')) return { type: 'image_url', image_url: { url: uri, ...typed } }
  return { type: 'file', file: { file_url: uri, ...named, ...typed } }
}
