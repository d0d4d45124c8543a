import type { JsonObject } from '../../json.ts'
import type { CallerError } from '../../wire-format.ts'

/** `{ id, message, error_type }`, with the field at fault and what our own clients read in `gw`. */
export function formatError({ type, message, code, param, gw }: CallerError): JsonObject {
  const logId = gw?.['log_id']
  return {
    ...(typeof logId === 'string' && { id: logId }),
    message,
    error_type: (code ?? type).toUpperCase(),
    ...(param !== undefined && { param }),
    ...(gw && { gw }),
  }
}
