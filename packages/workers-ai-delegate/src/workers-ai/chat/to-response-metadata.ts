import { numberOf, stringOf, type JsonObject } from '../run/json.ts'

/** Id, model and time of an answer, as far as it states them; the model is at least the one that was asked. */
export interface ResponseMetadata {
  id?: string
  modelId: string
  timestamp?: Date
}

/** Reads `id`, `model` and `created` of a chunk or an answer. */
export function toResponseMetadata(body: JsonObject, modelId: string): ResponseMetadata {
  const id = stringOf(body['id'])
  const created = numberOf(body['created'] ?? body['created_at'])
  return {
    ...(id && { id }),
    modelId: stringOf(body['model']) || modelId,
    ...(created && { timestamp: new Date(created * 1000) }),
  }
}
