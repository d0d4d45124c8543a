import type { Annotation } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'

/** An annotation as a citation that the SDKs read; the encrypted index exists for Anthropic's own searches only. */
export function formatCitation({ url_citation, file_citation }: Annotation): JsonObject {
  if (url_citation) {
    return {
      type: 'web_search_result_location',
      url: url_citation.url,
      title: url_citation.title ?? null,
      cited_text: '',
      encrypted_index: '',
    }
  }
  const start = file_citation?.start_index ?? 0
  return {
    type: 'char_location',
    cited_text: file_citation?.quote ?? '',
    document_index: file_citation?.index ?? 0,
    document_title: file_citation?.filename ?? null,
    file_id: file_citation?.file_id ?? null,
    start_char_index: start,
    end_char_index: file_citation?.end_index ?? start + (file_citation?.quote?.length ?? 0),
  }
}
