import type { Annotation } from '../../chat.ts'
import { compact, type JsonObject } from '../../json.ts'

/** An annotation as a citation with one source. `text` is the answer so far, from which the cited words are taken. */
export function formatCitation({ url_citation, file_citation }: Annotation, text: string): JsonObject {
  const { start_index: start = 0, end_index: end = start } = url_citation ?? file_citation ?? {}
  const document = url_citation
    ? { url: url_citation.url, title: url_citation.title }
    : { title: file_citation?.filename }
  const source = {
    type: 'document',
    id: file_citation?.file_id ?? url_citation?.url ?? `doc:${file_citation?.index ?? 0}`,
    document: compact(document),
  }
  const quote = text.slice(start, end) || (file_citation?.quote ?? '')
  return { start, end, text: quote, sources: [source], type: 'TEXT_CONTENT' }
}
