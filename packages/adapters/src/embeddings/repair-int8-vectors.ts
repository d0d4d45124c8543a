import { objectsOf, type JsonObject } from '../json.ts'
import { decodeInt8Vector } from './base64-vector.ts'

/** Perplexity answers 8-bit integers in base64, whatever is asked for; they become plain numbers. */
export function repairInt8Vectors(body: JsonObject): JsonObject {
  const data = objectsOf(body['data']).map((item) => {
    const { embedding } = item
    return typeof embedding === 'string' ? { ...item, embedding: decodeInt8Vector(embedding) ?? embedding } : item
  })
  return { ...body, data }
}
