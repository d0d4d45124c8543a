import { isObject, objectOf, type JsonObject } from './json.ts'

/**
 * Reads `providerOptions['workers-ai']` of a call: fields for the model, which win over everything else that was set.
 * Anything that is no object counts as nothing.
 */
export function readCallOptions(providerOptions: unknown): JsonObject {
  return (isObject(providerOptions) && objectOf(providerOptions['workers-ai'])) || {}
}
