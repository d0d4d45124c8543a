import type { Annotation } from '../../chat.ts'
import { compact, numberOf, stringOf, type JsonObject } from '../../json.ts'

/** An annotation of a text part that begins `offset` characters into the answer's text; `[]` for an unknown kind. */
export function readAnnotation(annotation: JsonObject, offset: number): Annotation[] {
  const start = numberOf(annotation['start_index'])
  const end = numberOf(annotation['end_index'])
  const place = compact({
    start_index: start === undefined ? undefined : start + offset,
    end_index: end === undefined ? undefined : end + offset,
  })
  const url = stringOf(annotation['url'])
  if (annotation['type'] === 'url_citation' && url !== undefined) {
    return [
      { type: 'url_citation', url_citation: { url, ...compact({ title: stringOf(annotation['title']) }), ...place } },
    ]
  }
  const fileId = stringOf(annotation['file_id'])
  if (fileId === undefined) return []
  const file = compact({
    file_id: fileId,
    filename: stringOf(annotation['filename']),
    index: numberOf(annotation['index']),
  })
  return [{ type: 'file_citation', file_citation: { ...file, ...place } }]
}

/** The inverse, with every field that clients read without asking. */
export function formatAnnotation({ url_citation, file_citation = {} }: Annotation, offset: number): JsonObject {
  if (url_citation) {
    const { url, title = '', start_index = offset, end_index = start_index } = url_citation
    const range = { start_index: Math.max(0, start_index - offset), end_index: Math.max(0, end_index - offset) }
    return { type: 'url_citation', url, title, ...range }
  }
  const { file_id = '', filename = '', index = 0 } = file_citation
  return { type: 'file_citation', file_id, filename, index }
}
