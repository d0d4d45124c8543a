import { isObject } from '@gw/adapters'
import * as z from 'zod'

/** A field that is sent and never shown: no answer and no audit row has it. */
export function secretField<T extends z.ZodType>(schema: T): T {
  return schema.meta({ writeOnly: true })
}

/** What was sent, with every secret of the schema replaced, however deep it is in objects, records and lists. */
export function withoutSecrets(body: Record<string, unknown>, schema: z.ZodObject): Record<string, unknown> {
  const entries = Object.entries(body).map(([name, value]) => [name, scrub(value, schema.shape[name])])
  return Object.fromEntries(entries)
}

function scrub(value: unknown, field: unknown): unknown {
  if (!(field instanceof z.ZodType) || value === undefined) return value
  if (field.meta()?.['writeOnly'] === true) return '[secret]'
  if (field instanceof z.ZodArray) return Array.isArray(value) ? value.map((one) => scrub(one, field.element)) : value
  if (field instanceof z.ZodObject) return isObject(value) ? withoutSecrets(value, field) : value
  if (field instanceof z.ZodRecord) return isObject(value) ? scrubValues(value, field.valueType) : value
  // Where the field is optional, nullable or has a default.
  return 'innerType' in field.def ? scrub(value, field.def.innerType) : value
}

const scrubValues = (values: Record<string, unknown>, field: unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, scrub(value, field)]))
