import type { AudioPart, FilePart, ImagePart } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { parseDataUrl } from '../anthropic-messages/parse-data-url.ts'
import { mediaTypeOf } from '../gemini-generate/media-type-of.ts'

/** The formats that the API knows by media type. */
const imageFormats: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/jpg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
}
const videoFormats: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
  'video/webm': 'webm',
  'video/x-flv': 'flv',
  'video/mpeg': 'mpeg',
  'video/x-ms-wmv': 'wmv',
  'video/3gpp': 'three_gp',
}
const documentFormats: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'text/csv': 'csv',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'text/html': 'html',
  'text/markdown': 'md',
}

interface Source {
  mediaType: string
  source: JsonObject
}

/** @throws WireError `unsupported` for web addresses and for formats that the API doesn't know. */
export function formatImage({ image_url: { url, media_type } }: ImagePart, param: string): JsonObject {
  const { mediaType, source } = sourceOf(url, { mediaType: media_type, fallback: 'image/png', param })
  const format = imageFormats[mediaType]
  if (format === undefined) throw unsupported(`no ${mediaType} images: send PNG, JPEG, GIF or WebP`, param)
  return { image: { format, source } }
}

/** A document, video or image. @throws WireError `unsupported` for web addresses, uploaded files and other formats. */
export function formatFile(
  { file, citations }: FilePart,
  { param, name }: { param: string; name: () => string },
): JsonObject {
  const url = file.file_data ?? file.file_url
  if (url === undefined) throw unsupported('no uploaded files: send the file itself as `file_data`', param)
  const fallback = mediaTypeOf(file.filename ?? url, 'application/pdf')
  const { mediaType, source } = sourceOf(url, { mediaType: file.media_type, fallback, param })
  if (mediaType.startsWith('image/')) return { image: { format: imageFormats[mediaType] ?? 'png', source } }
  const video = videoFormats[mediaType]
  if (video !== undefined) return { video: { format: video, source } }
  const format = documentFormats[mediaType] ?? (isText(mediaType) ? 'txt' : undefined)
  if (format === undefined) throw unsupported(`no ${mediaType} files`, param)
  return { document: { format, name: name(), source, ...(citations && { citations: { ...citations } }) } }
}

export function formatAudio({ input_audio: { data, format } }: AudioPart): JsonObject {
  return { audio: { format: format.toLowerCase(), source: { bytes: data } } }
}

interface Stated {
  mediaType: string | undefined
  fallback: string
  param: string
}

/** A `data:` URL, bare base64, or an object in S3: the service fetches nothing from the web. */
function sourceOf(url: string, { mediaType, fallback, param }: Stated): Source {
  const inline = parseDataUrl(url)
  if (inline) return { mediaType: inline.mediaType, source: { bytes: inline.data } }
  const known = mediaType?.toLowerCase()
  if (url.startsWith('s3://')) {
    return { mediaType: known ?? mediaTypeOf(url, fallback), source: { s3Location: { uri: url } } }
  }
  if (/^[a-z][\w+.-]*:/i.test(url))
    throw unsupported('nothing by web address: send the data itself as a `data:` URL', param)
  return { mediaType: known ?? fallback, source: { bytes: url } }
}

const isText = (mediaType: string): boolean => mediaType.startsWith('text/') || /[/+](?:json|xml|yaml)$/.test(mediaType)

function unsupported(what: string, param: string): WireError {
  return new WireError('unsupported', `Amazon Bedrock takes ${what}.`, param)
}
