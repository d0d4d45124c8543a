import type { ContentPart, FilePart } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { warnOfDetail } from '../openai-chat/warn-of-detail.ts'
import { decodeBase64Text } from './decode-base64-text.ts'
import { parseDataUrl } from './parse-data-url.ts'

export interface ContentContext {
  /** Path of the content, such as `messages[2].content`. */
  param: string
  warnings: Set<string>
}

/**
 * Content parts as blocks; text without a visible character, which the API refuses, is left out.
 * @throws WireError `unsupported` for audio and for documents that are neither PDF, text nor image.
 */
export function formatContent(content: string | readonly ContentPart[], context: ContentContext): JsonObject[] {
  const parts: readonly ContentPart[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content
  return parts.flatMap((part, index) => {
    if (part.type === 'text' && part.text.trim() === '') return []
    const block = formatPart(part, { ...context, param: `${context.param}[${index}]` })
    const control = part.type === 'input_audio' ? undefined : part.cache_control
    return [control ? { ...block, cache_control: { ...control } } : block]
  })
}

function formatPart(part: ContentPart, context: ContentContext): JsonObject {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text }
    case 'image_url': {
      warnOfDetail(part, context.warnings)
      return { type: 'image', source: sourceOf(part.image_url.url) }
    }
    case 'file':
      return formatFile(part, context)
    case 'input_audio':
      throw new WireError('unsupported', 'The Messages API takes no audio: transcribe it first.', context.param)
  }
}

function sourceOf(url: string): JsonObject {
  const inline = parseDataUrl(url)
  return inline ? { type: 'base64', media_type: inline.mediaType, data: inline.data } : { type: 'url', url }
}

function formatFile({ file, citations }: FilePart, { param }: ContentContext): JsonObject {
  const rest = {
    ...(file.filename !== undefined && { title: file.filename }),
    ...(citations && { citations: { ...citations } }),
  }
  if (file.file_data === undefined) {
    const source = file.file_url ? { type: 'url', url: file.file_url } : { type: 'file', file_id: file.file_id ?? '' }
    return { type: 'document', source, ...rest }
  }
  const inline = parseDataUrl(file.file_data) ?? {
    mediaType: file.media_type ?? 'application/pdf',
    data: file.file_data,
  }
  const { mediaType, data } = inline
  if (mediaType.startsWith('image/')) return { type: 'image', source: { type: 'base64', media_type: mediaType, data } }
  if (mediaType === 'application/pdf') {
    return { type: 'document', source: { type: 'base64', media_type: mediaType, data }, ...rest }
  }
  const text = isText(mediaType) ? decodeBase64Text(data) : undefined
  if (text !== undefined) {
    return { type: 'document', source: { type: 'text', media_type: 'text/plain', data: text }, ...rest }
  }
  throw new WireError('unsupported', `The Messages API takes no ${mediaType} files: send PDF, text or an image.`, param)
}

const isText = (mediaType: string): boolean => mediaType.startsWith('text/') || /[/+](?:json|xml|yaml)$/.test(mediaType)
