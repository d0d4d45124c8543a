import type { ContentPart, FilePart } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'

export interface ContentContext {
  /** Path of the part, such as `messages[2].content[0]`. */
  param: string
  warnings: Set<string>
}

/** A content part as an item's input part. @throws WireError `unsupported` for a file without content. */
export function formatContentPart(part: ContentPart, context: ContentContext): JsonObject {
  if ('cache_control' in part) context.warnings.add('cache_control')
  switch (part.type) {
    case 'text':
      return { type: 'input_text', text: part.text }
    case 'image_url':
      return { type: 'input_image', image_url: part.image_url.url, detail: part.image_url.detail ?? 'auto' }
    case 'input_audio':
      return { type: 'input_audio', input_audio: { ...part.input_audio } }
    case 'file':
      return formatFile(part, context)
  }
}

function formatFile({ file, citations }: FilePart, { param, warnings }: ContentContext): JsonObject {
  if (citations?.enabled) warnings.add('citations')
  const { file_id, file_data, file_url, filename, media_type } = file
  if (file_id !== undefined) return { type: 'input_file', file_id }
  if (file_url !== undefined) return { type: 'input_file', file_url }
  if (file_data === undefined) throw new WireError('unsupported', 'The file has no content: send its data.', param)
  if (file_data.startsWith('data:image/')) return { type: 'input_image', image_url: file_data, detail: 'auto' }
  const data = file_data.startsWith('data:') ? file_data : `data:${media_type ?? 'application/pdf'};base64,${file_data}`
  return { type: 'input_file', filename: filename ?? 'document', file_data: data }
}
