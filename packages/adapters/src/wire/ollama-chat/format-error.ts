import type { JsonObject } from '../../json.ts'
import type { CallerError } from '../../wire-format.ts'

/** `{ error }`, a text, and what our own clients read in `gw`. */
export function formatError({ message, gw }: CallerError): JsonObject {
  return { error: message, ...(gw && { gw }) }
}
