import type { JsonObject } from '@gw/adapters'

/** True for a JSON answer that is an error, whatever its status says. */
export function isErrorBody({ error, errors, success }: JsonObject): boolean {
  return (
    (typeof error === 'object' && error !== null) ||
    (typeof error === 'string' && error !== '') ||
    (success === false && Array.isArray(errors))
  )
}
