import type { LanguageModelV4Source } from '@ai-sdk/provider'
import { numberOf, objectsOf, stringOf, type JsonObject } from '../run/json.ts'

/** The documents that a search found. Their URL is the file's name, as they have no other address. */
export function readSources({ data }: JsonObject): LanguageModelV4Source[] {
  return objectsOf(data).flatMap(({ file_id, filename, score }) => {
    const id = stringOf(file_id)
    const url = stringOf(filename)
    if (id === undefined || url === undefined) return []
    const metadata = { attributes: { score: numberOf(score) ?? null } }
    return [{ type: 'source', sourceType: 'url', id, url, title: url, providerMetadata: metadata }]
  })
}
