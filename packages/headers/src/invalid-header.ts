import { jsonObject } from './codecs/json-object.ts'
import { GatewayError } from './gateway-error.ts'
import type { HeaderField } from './header-fields.ts'

/** The error for a value past its limit: names field, header, value and limit; a credential's value is withheld. */
export function invalidHeader({ field, name, codec: { limit } }: HeaderField, value: unknown): GatewayError {
  const shown = field === 'authorization' ? 'another value' : show(value)
  return new GatewayError('invalid_header', `${field} (${name}) must be ${limit}; got ${shown}.`, {
    detail: { field, header: name, value: shown, limit },
  })
}

function show(value: unknown): string {
  const text = (typeof value === 'object' && jsonObject.write?.(value)) || String(value)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
