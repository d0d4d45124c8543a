import type { Annotation } from '../../chat.ts'
import { compact, numberOf, stringOf, type JsonObject } from '../../json.ts'

/** A citation as an annotation; web results become `url_citation`, places in documents `file_citation`. */
export function readCitation(citation: JsonObject, range: { start_index: number; end_index: number }): Annotation {
  const url = stringOf(citation['url']) ?? (/^https?:/.test(sourceOf(citation) ?? '') ? sourceOf(citation) : undefined)
  if (url !== undefined) {
    const title = stringOf(citation['title'])
    return { type: 'url_citation', url_citation: { url, ...compact({ title }), ...range } }
  }
  const place = {
    file_id: stringOf(citation['file_id']),
    filename: stringOf(citation['document_title']) ?? stringOf(citation['title']) ?? sourceOf(citation),
    index: numberOf(citation['document_index']) ?? numberOf(citation['search_result_index']),
    quote: stringOf(citation['cited_text']),
    start_index: numberOf(citation['start_char_index']),
    end_index: numberOf(citation['end_char_index']),
  }
  return { type: 'file_citation', file_citation: compact(place) }
}

const sourceOf = (citation: JsonObject): string | undefined => stringOf(citation['source'])
