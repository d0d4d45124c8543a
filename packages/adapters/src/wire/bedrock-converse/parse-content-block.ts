import type { CacheControl, ContentPart } from '../../chat.ts'
import { booleanOf, compact, objectOf, stringOf, type JsonObject } from '../../json.ts'
import { invalid } from './invalid.ts'

const documentTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html',
  md: 'text/markdown',
  txt: 'text/plain',
}
const videoTypes: Readonly<Record<string, string>> = {
  mkv: 'video/x-matroska',
  mov: 'video/quicktime',
  flv: 'video/x-flv',
  mpg: 'video/mpeg',
  wmv: 'video/x-ms-wmv',
  three_gp: 'video/3gpp',
}

/** A block as a part; `undefined` for a block without canonical words. @throws WireError `invalid_request` */
export function parseContentBlock(block: JsonObject, param: string): ContentPart | undefined {
  const text = stringOf(block['text'])
  if (text !== undefined) return { type: 'text', text }
  if (block['json'] !== undefined) return { type: 'text', text: JSON.stringify(block['json']) }
  const image = objectOf(block['image'])
  if (image) {
    const mediaType = `image/${formatOf(image, `${param}.image`)}`
    return { type: 'image_url', image_url: { url: urlOf(image, { mediaType, param: `${param}.image` }) } }
  }
  const document = objectOf(block['document'])
  if (document) return parseFile(document, { param: `${param}.document`, types: documentTypes, prefix: 'text/' })
  const video = objectOf(block['video'])
  if (video) return parseFile(video, { param: `${param}.video`, types: videoTypes, prefix: 'video/' })
  return undefined
}

interface FileContext {
  param: string
  types: Readonly<Record<string, string>>
  /** Of the media type of a format that `types` doesn't have. */
  prefix: string
}

function parseFile(file: JsonObject, { param, types, prefix }: FileContext): ContentPart | undefined {
  const source = objectOf(file['source'])
  if (source?.['text'] !== undefined || source?.['content'] !== undefined) return undefined
  const format = formatOf(file, param)
  const mediaType = types[format] ?? `${prefix}${format}`
  const url = urlOf(file, { mediaType, param })
  const enabled = booleanOf(objectOf(file['citations'])?.['enabled'])
  const place = url.startsWith('data:') ? { file_data: url } : { file_url: url, media_type: mediaType }
  return {
    type: 'file',
    file: { ...place, ...compact({ filename: stringOf(file['name']) }) },
    ...(enabled !== undefined && { citations: { enabled } }),
  }
}

function formatOf(media: JsonObject, param: string): string {
  const format = stringOf(media['format'])
  if (format) return format
  throw invalid(`${param}.format`, 'is missing.')
}

function urlOf(media: JsonObject, { mediaType, param }: { mediaType: string; param: string }): string {
  const source = objectOf(media['source'])
  const data = stringOf(source?.['bytes'])
  const url =
    data === undefined ? stringOf(objectOf(source?.['s3Location'])?.['uri']) : `data:${mediaType};base64,${data}`
  if (url !== undefined) return url
  throw invalid(`${param}.source`, 'must have `bytes` or an `s3Location`.')
}

/** The cache point that follows a block, as the block's own mark. */
export function readCachePoint(next: JsonObject | undefined): { cache_control?: CacheControl } {
  const point = objectOf(next?.['cachePoint'])
  if (!point) return {}
  const ttl = (['5m', '1h'] as const).find((known) => known === point['ttl'])
  return { cache_control: { type: 'ephemeral', ...(ttl && { ttl }) } }
}
