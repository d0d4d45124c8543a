import type { HeaderField } from './header-fields.ts'

/** Headers as they come: a `Headers` object, pairs, or a plain record with names in any case. */
export type HeaderSource =
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>

/** The values that headers carry, by field; what breaks its limit becomes whatever `onInvalid` answers. */
export function readFields(
  headers: HeaderSource,
  fields: readonly HeaderField[],
  onInvalid: (field: HeaderField, value: unknown) => unknown,
): Record<string, unknown> {
  const texts = new Map<string, string>()
  const entries = isIterable(headers) ? headers : Object.entries(headers)
  for (const [name, text] of entries) if (text !== undefined) texts.set(name.toLowerCase(), String(text).trim())

  const values: Record<string, unknown> = {}
  for (const field of fields) {
    const text = texts.get(field.name) || texts.get(field.otherName ?? '')
    if (!text) continue
    const read = field.codec.read ? field.codec.read(text) : text
    const value = read === undefined || field.codec.accepts(read) ? read : onInvalid(field, read)
    if (value !== undefined) values[field.field] = value
  }
  return values
}

function isIterable(headers: HeaderSource): headers is Iterable<readonly [string, string]> {
  return Symbol.iterator in headers
}
