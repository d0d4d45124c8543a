import type { JsonObject } from '../json.ts'

/** The fields of a body that are none of the known ones, and say something. */
export function unreadFields(body: JsonObject, known: ReadonlySet<string>): string[] {
  return Object.keys(body).filter((field) => !known.has(field) && body[field] !== null && body[field] !== undefined)
}
