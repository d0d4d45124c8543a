import { objectOf, objectsOf, numberOf, type Json, type JsonObject } from '../run/json.ts'

/** The vectors of an answer, in the order of the texts: `data`, `response`, or OpenAI's list of objects. */
export function readEmbeddings({ data, response }: JsonObject): number[][] {
  const rows = Array.isArray(data) ? data : response
  const named = objectsOf(rows)
  if (named.length === 0) return vectorsOf(rows)
  const ordered = named.toSorted((a, b) => (numberOf(a['index']) ?? 0) - (numberOf(b['index']) ?? 0))
  return vectorsOf(ordered.map(({ embedding }) => embedding ?? null))
}

function vectorsOf(rows: Json | undefined): number[][] {
  return Array.isArray(rows) ? rows.filter(isVector) : []
}

function isVector(row: Json): row is number[] {
  return Array.isArray(row) && row.every((value) => typeof value === 'number')
}

/** The tokens that an answer states; `undefined` where it states none, as Workers AI's own mostly do. */
export function readEmbeddingTokens({ usage }: JsonObject): number | undefined {
  const stated = objectOf(usage)
  return numberOf(stated?.['prompt_tokens'] ?? stated?.['total_tokens'])
}
