import { UnsupportedFunctionalityError, type SharedV4FileData } from '@ai-sdk/provider'
import { fromBase64, toBase64 } from '../run/base64.ts'
import { detectImageType } from './detect-image-type.ts'
import type { ContentPart } from './run-message.ts'

/** An image as a part of a message: its URL where it has one, else a data URL. Throws for references to uploaded files. */
export function toImagePart(mediaType: string, file: SharedV4FileData): ContentPart {
  return { type: 'image_url', image_url: { url: toUrl(mediaType, file) } }
}

function toUrl(mediaType: string, file: SharedV4FileData): string {
  if (file.type === 'url') return file.originalUrl ?? file.url.href
  if (file.type === 'data') return toDataUrl(mediaType, file.data)
  const what = file.type === 'reference' ? 'a reference to an uploaded file' : 'inline text'
  throw new UnsupportedFunctionalityError({
    functionality: file.type === 'reference' ? 'file-part-provider-reference' : 'file-part-inline-text',
    message: `Workers AI takes an image as bytes, base64 or URL, and not as ${what}.`,
  })
}

function toDataUrl(mediaType: string, data: Uint8Array | string): string {
  if (typeof data === 'string' && data.startsWith('data:')) return data
  const isWhole = /^image\/[^*]/i.test(mediaType)
  const type = isWhole
    ? mediaType
    : (detectImageType(typeof data === 'string' ? fromBase64(data) : data) ?? 'image/png')
  return `data:${type};base64,${typeof data === 'string' ? data : toBase64(data)}`
}
