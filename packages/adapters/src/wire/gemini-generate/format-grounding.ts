import type { Annotation } from '../../chat.ts'
import { compact, type JsonObject } from '../../json.ts'

/** Annotations as `groundingMetadata`: each source once, each place in the text as a support, counted in bytes. */
export function formatGrounding(annotations: readonly Annotation[], text: string): JsonObject | undefined {
  if (annotations.length === 0) return undefined
  const sources = new Map<string, { index: number; chunk: JsonObject }>()
  const supports = annotations.flatMap((annotation): JsonObject[] => {
    const chunk = toChunk(annotation)
    const key = JSON.stringify(chunk)
    const { index } = sources.get(key) ?? { index: sources.size }
    sources.set(key, { index, chunk })
    const { start_index: start, end_index: end } = annotation.url_citation ?? annotation.file_citation ?? {}
    if (start === undefined || end === undefined) return []
    const segment = {
      startIndex: bytesOf(text.slice(0, start)),
      endIndex: bytesOf(text.slice(0, end)),
      text: text.slice(start, end),
    }
    return [{ segment, groundingChunkIndices: [index] }]
  })
  const groundingChunks = [...sources.values()].map(({ chunk }) => chunk)
  return { groundingChunks, ...(supports.length > 0 && { groundingSupports: supports }) }
}

function toChunk({ url_citation, file_citation }: Annotation): JsonObject {
  if (url_citation) return { web: compact({ uri: url_citation.url, title: url_citation.title }) }
  return { retrievedContext: compact({ title: file_citation?.filename, text: file_citation?.quote }) }
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length
