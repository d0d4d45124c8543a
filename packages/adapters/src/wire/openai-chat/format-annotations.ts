import type { Annotation } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'

/**
 * Citations of the web as OpenAI's `annotations`, with every field that clients read without asking. Places in documents
 * stand beside them in `file_citations`: clients refuse a kind that OpenAI does not have.
 * @see https://platform.openai.com/docs/api-reference/chat/object
 */
export function formatAnnotations(annotations: readonly Annotation[] = []): JsonObject {
  const web = annotations.flatMap(({ url_citation: cited }) => (cited ? [toUrlCitation(cited)] : []))
  const places = annotations.flatMap(({ file_citation: cited }): JsonObject[] => (cited ? [{ ...cited }] : []))
  return { ...(web.length > 0 && { annotations: web }), ...(places.length > 0 && { file_citations: places }) }
}

function toUrlCitation({ url, title = '', ...range }: NonNullable<Annotation['url_citation']>): JsonObject {
  const { start_index = 0, end_index = start_index } = range
  return { type: 'url_citation', url_citation: { url, title, start_index, end_index } }
}
