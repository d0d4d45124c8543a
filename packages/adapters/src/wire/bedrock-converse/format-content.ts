import type { CacheControl, ContentPart } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { formatAudio, formatFile, formatImage } from './format-media.ts'

export interface ContentContext {
  /** Path of the content, such as `messages[2].content`. */
  param: string
  warnings: Set<string>
  nameDocument(filename: string | undefined): string
}

/**
 * Content parts as blocks; text without a visible character, which the API refuses, is left out. A cache point follows
 * the part that ends a prefix.
 */
export function formatContent(content: string | readonly ContentPart[], context: ContentContext): JsonObject[] {
  const parts: readonly ContentPart[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content
  return parts.flatMap((part, index) => {
    if (part.type === 'text' && part.text.trim() === '') return []
    const block = formatPart(part, { ...context, param: `${context.param}[${index}]` })
    return [block, ...formatCachePoint(part.type === 'input_audio' ? undefined : part.cache_control)]
  })
}

function formatPart(part: ContentPart, { param, warnings, nameDocument }: ContentContext): JsonObject {
  switch (part.type) {
    case 'text':
      return { text: part.text }
    case 'image_url': {
      const { detail } = part.image_url
      if (detail !== undefined && detail !== 'auto') warnings.add('image_url.detail')
      return formatImage(part, param)
    }
    case 'file':
      return formatFile(part, { param, name: () => nameDocument(part.file.filename) })
    case 'input_audio':
      return formatAudio(part)
  }
}

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html */
export function formatCachePoint(control: CacheControl | undefined): JsonObject[] {
  return control ? [{ cachePoint: { type: 'default', ...(control.ttl && { ttl: control.ttl }) } }] : []
}
