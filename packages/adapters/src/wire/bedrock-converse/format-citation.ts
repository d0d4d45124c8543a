import type { Annotation } from '../../chat.ts'
import { compact, type JsonObject } from '../../json.ts'

/** The inverse of `readCitation`. */
export function formatCitation({ url_citation: web, file_citation: file }: Annotation): JsonObject {
  if (web) return { ...compact({ title: web.title }), location: { web: { url: web.url } } }
  const { filename, index, quote, start_index: start, end_index: end } = file ?? {}
  const place = compact({ documentIndex: index, start, end })
  return {
    ...compact({ title: filename }),
    ...(quote !== undefined && { sourceContent: [{ text: quote }] }),
    ...(Object.keys(place).length > 0 && { location: { documentChar: place } }),
  }
}
