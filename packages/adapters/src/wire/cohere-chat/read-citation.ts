import type { Annotation } from '../../chat.ts'
import { compact, numberOf, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'

/**
 * A citation of the answer's text as one annotation for each of its sources; a source with a URL is a `url_citation`.
 * Citations of the plan or the reasoning have no place in the canonical form.
 */
export function readCitation(citation: JsonObject): Annotation[] {
  const type = stringOf(citation['type']) ?? 'TEXT_CONTENT'
  if (type !== 'TEXT_CONTENT') return []
  const range = compact({ start_index: numberOf(citation['start']), end_index: numberOf(citation['end']) })
  const quote = stringOf(citation['text'])
  const sources = objectsOf(citation['sources'])
  if (sources.length === 0) return [{ type: 'file_citation', file_citation: { ...compact({ quote }), ...range } }]
  return sources.map((source): Annotation => {
    const content = objectOf(source['document']) ?? objectOf(source['tool_output']) ?? {}
    const title = stringOf(content['title'])
    const url = stringOf(content['url'])
    if (url !== undefined) return { type: 'url_citation', url_citation: { url, ...compact({ title }), ...range } }
    const place = { file_id: stringOf(source['id']), filename: title, quote }
    return { type: 'file_citation', file_citation: { ...compact(place), ...range } }
  })
}
