import type { HeaderField } from './header-fields.ts'

/** All that an HTTP header can carry unchanged. */
const headerText = /^[!-~](?:[ -~]*[!-~])?$/

/** The headers for the values of an object; what breaks its limit is written only if `onInvalid` says so. */
export function writeFields(
  values: object,
  fields: readonly HeaderField[],
  onInvalid: (field: HeaderField, value: unknown) => boolean,
): Record<string, string> {
  const byField = new Map<string, unknown>(Object.entries(values))
  const headers: Record<string, string> = {}
  for (const field of fields) {
    const value = byField.get(field.field) ?? undefined
    if (value === undefined || !(field.codec.accepts(value) || onInvalid(field, value))) continue
    const text = (field.codec.write ?? String)(value)
    if (text !== undefined && headerText.test(text)) headers[field.name] = text
  }
  return headers
}
