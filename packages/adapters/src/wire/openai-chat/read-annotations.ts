import type { Annotation } from '../../chat.ts'
import { compact, numberOf, objectOf, objectsOf, stringOf, stringsOf, type JsonObject } from '../../json.ts'

/**
 * Citations of a message or delta: `annotations` and our `file_citations`, or Perplexity's top-level `search_results` and
 * `citations`.
 */
export function readAnnotations(message: JsonObject, body: JsonObject): Annotation[] {
  const annotations = [
    ...objectsOf(message['annotations']).flatMap(toUrlCitation),
    ...objectsOf(message['file_citations']).map(toFileCitation),
  ]
  if (annotations.length > 0) return annotations
  const results = objectsOf(body['search_results'])
  if (results.length > 0)
    return results.flatMap((result) => toCitation(stringOf(result['url']), stringOf(result['title'])))
  return stringsOf(body['citations']).flatMap((url) => toCitation(url, undefined))
}

function toUrlCitation(annotation: JsonObject): Annotation[] {
  const citation = objectOf(annotation['url_citation'])
  const url = stringOf(citation?.['url'])
  if (citation === undefined || url === undefined) return []
  const place = {
    title: stringOf(citation['title']),
    start_index: numberOf(citation['start_index']),
    end_index: numberOf(citation['end_index']),
  }
  return [{ type: 'url_citation', url_citation: { url, ...compact(place) } }]
}

function toFileCitation(citation: JsonObject): Annotation {
  const place = {
    file_id: stringOf(citation['file_id']),
    filename: stringOf(citation['filename']),
    index: numberOf(citation['index']),
    quote: stringOf(citation['quote']),
    start_index: numberOf(citation['start_index']),
    end_index: numberOf(citation['end_index']),
  }
  return { type: 'file_citation', file_citation: compact(place) }
}

function toCitation(url: string | undefined, title: string | undefined): Annotation[] {
  return url === undefined ? [] : [{ type: 'url_citation', url_citation: compact({ url, title }) as { url: string } }]
}
