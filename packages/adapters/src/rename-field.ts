import type { JsonObject } from './json.ts'

/** A copy of a body in which one field has the name that the vendor knows. */
export function renameField(body: JsonObject, from: string, to: string): JsonObject {
  const { [from]: value, ...rest } = body
  return value === undefined ? body : { ...rest, [to]: value }
}
