import { isObject, type Json, type JsonObject } from '../../json.ts'

/** Keywords whose value is a table or list of schemas, and those whose value is one. */
const tables: ReadonlySet<string> = new Set(['properties', '$defs', 'defs'])
const lists: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems'])
const nested: ReadonlySet<string> = new Set(['items', 'additionalProperties'])
const numeric: ReadonlySet<string> = new Set([
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'minProperties',
  'maxProperties',
])

/**
 * Gemini's OpenAPI-like schema as JSON schema: types in lower case, `nullable` as a type of its own, `int64` counts as
 * numbers.
 * @see https://ai.google.dev/api/caching#Schema
 */
export function toJsonSchema(schema: JsonObject): JsonObject {
  const { nullable, propertyOrdering: _, type, ...rest } = schema
  const entries = Object.entries(rest).map(([keyword, value]) => [keyword, toValue(keyword, value)])
  const converted: JsonObject = Object.fromEntries(entries)
  const word = typeof type === 'string' ? type.toLowerCase() : type
  if (nullable !== true) return { ...(word !== undefined && { type: word }), ...converted }
  if (typeof word === 'string') return { type: [word, 'null'], ...converted }
  return Array.isArray(converted['anyOf'])
    ? { ...converted, anyOf: [...converted['anyOf'], { type: 'null' }] }
    : converted
}

function toValue(keyword: string, value: Json | undefined): Json | undefined {
  if (nested.has(keyword) && isObject(value)) return toJsonSchema(value)
  if (tables.has(keyword) && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, isObject(part) ? toJsonSchema(part) : part]),
    )
  }
  if (lists.has(keyword) && Array.isArray(value))
    return value.map((part) => (isObject(part) ? toJsonSchema(part) : part))
  return numeric.has(keyword) && typeof value === 'string' ? Number(value) : value
}
