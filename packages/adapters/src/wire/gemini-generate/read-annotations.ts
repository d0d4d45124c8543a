import type { Annotation } from '../../chat.ts'
import { compact, numberOf, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'

/**
 * A candidate's grounding and citations as annotations: one for each source of each supported passage, and one without
 * a place for each source that supports none. Gemini's places count bytes; ours count characters.
 */
export function readAnnotations(candidate: JsonObject, text: string): Annotation[] {
  const toIndex = characterIndexes(text)
  const grounding = objectOf(candidate['groundingMetadata'])
  const chunks = objectsOf(grounding?.['groundingChunks'])
  const used = new Set<number>()
  const supported = objectsOf(grounding?.['groundingSupports']).flatMap((support) => {
    const segment = objectOf(support['segment'])
    const range = {
      start_index: toIndex(numberOf(segment?.['startIndex']) ?? 0),
      end_index: toIndex(numberOf(segment?.['endIndex']) ?? 0),
    }
    const indexes = Array.isArray(support['groundingChunkIndices']) ? support['groundingChunkIndices'] : []
    return indexes.flatMap((index) => {
      const chunk = chunks[Number(index)]
      used.add(Number(index))
      return chunk ? annotate(chunk, range) : []
    })
  })
  const others = chunks.filter((_, index) => !used.has(index)).flatMap((chunk) => annotate(chunk, {}))
  return [...supported, ...others, ...readCitations(candidate, toIndex)]
}

type Range = { start_index: number; end_index: number } | Record<never, never>

function annotate(chunk: JsonObject, range: Range): Annotation[] {
  const web = objectOf(chunk['web']) ?? objectOf(chunk['maps'])
  const url = stringOf(web?.['uri'])
  if (url !== undefined) {
    return [{ type: 'url_citation', url_citation: { url, ...compact({ title: stringOf(web?.['title']) }), ...range } }]
  }
  const context = objectOf(chunk['retrievedContext'])
  if (context === undefined) return []
  const place = {
    filename: stringOf(context['title']) ?? stringOf(context['uri']) ?? stringOf(context['fileSearchStore']),
    quote: stringOf(context['text']),
  }
  return [{ type: 'file_citation', file_citation: { ...compact(place), ...range } }]
}

/** Sources that the answer repeats at length. */
function readCitations(candidate: JsonObject, toIndex: (byte: number) => number): Annotation[] {
  const metadata = objectOf(candidate['citationMetadata'])
  const sources = [...objectsOf(metadata?.['citationSources']), ...objectsOf(metadata?.['citations'])]
  return sources.flatMap((source) => {
    const url = stringOf(source['uri'])
    if (url === undefined) return []
    const start = toIndex(numberOf(source['startIndex']) ?? 0)
    const range = { start_index: start, end_index: toIndex(numberOf(source['endIndex']) ?? 0) }
    return [{ type: 'url_citation', url_citation: { url, ...compact({ title: stringOf(source['title']) }), ...range } }]
  })
}

/** Turns byte positions in UTF-8 into positions in the string. */
function characterIndexes(text: string): (byte: number) => number {
  let bytes: Uint8Array | undefined
  return (byte) => {
    bytes ??= new TextEncoder().encode(text)
    return bytes.length === text.length ? byte : new TextDecoder().decode(bytes.subarray(0, byte)).length
  }
}
