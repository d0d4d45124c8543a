import type { Annotation } from '../../chat.ts'
import { compact, numberOf, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'

/** A citation as an annotation: of the web as `url_citation`, of a document of the request as `file_citation`. */
export function readCitation(citation: JsonObject, range: { start_index: number; end_index: number }): Annotation {
  const location = objectOf(citation['location'])
  const title = stringOf(citation['title'])
  const url = stringOf(objectOf(location?.['web'])?.['url'])
  if (url !== undefined) return { type: 'url_citation', url_citation: { url, ...compact({ title }), ...range } }
  const place = placeOf(location)
  const quote = objectsOf(citation['sourceContent'])
    .map(({ text }) => stringOf(text) ?? '')
    .join('')
  const cited = {
    filename: title ?? stringOf(citation['source']),
    index: numberOf(place?.['documentIndex']) ?? numberOf(place?.['searchResultIndex']),
    quote: quote === '' ? undefined : quote,
    start_index: numberOf(place?.['start']),
    end_index: numberOf(place?.['end']),
  }
  return { type: 'file_citation', file_citation: compact(cited) }
}

function placeOf(location: JsonObject | undefined): JsonObject | undefined {
  const places = ['documentChar', 'documentPage', 'documentChunk', 'searchResultLocation'] as const
  return places.map((place) => objectOf(location?.[place])).find((place) => place !== undefined)
}
