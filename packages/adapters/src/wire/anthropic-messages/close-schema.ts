import { isObject, type Json, type JsonObject } from '../../json.ts'

/** Keywords that Anthropic's schema compiler refuses; they go into the description, where the model reads them. */
const refused: ReadonlySet<string> = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
])

/** Keywords whose value is one schema, and those whose value is a table or list of them. */
const nested: ReadonlySet<string> = new Set(['items', 'not', 'additionalItems'])
const tables: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions'])
const lists: ReadonlySet<string> = new Set(['anyOf', 'allOf', 'oneOf', 'prefixItems'])

/**
 * A schema as Anthropic's structured output accepts it: each object closed, no limits on numbers or lengths.
 * `isBent` tells that the result demands something else than the caller's schema.
 * @see https://docs.claude.com/en/docs/build-with-claude/structured-outputs
 */
export function closeSchema(schema: JsonObject): { schema: JsonObject; isBent: boolean } {
  let isBent = false
  const close = (node: JsonObject): JsonObject => {
    const limits = Object.entries(node).filter(([keyword]) => refused.has(keyword))
    const kept = Object.entries(node).filter(([keyword]) => !refused.has(keyword))
    const closed = Object.fromEntries(kept.map(([keyword, value]) => [keyword, closeValue(keyword, value)]))
    const isOpen = (node['type'] === 'object' || isObject(node['properties'])) && node['additionalProperties'] !== false
    isBent ||= limits.length > 0 || isOpen
    const notes = limits.map(([keyword, value]) => `${keyword}: ${JSON.stringify(value)}`).join(', ')
    const described = [node['description'], notes && `{${notes}}`].filter((text) => typeof text === 'string' && text)
    return {
      ...closed,
      ...(limits.length > 0 && { description: described.join('\n\n') }),
      ...(isOpen && { additionalProperties: false }),
    }
  }
  const closeValue = (keyword: string, value: Json | undefined): Json | undefined => {
    if (nested.has(keyword) && isObject(value)) return close(value)
    if (tables.has(keyword) && isObject(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([name, part]) => [name, isObject(part) ? close(part) : part]),
      )
    }
    if (lists.has(keyword) && Array.isArray(value)) return value.map((part) => (isObject(part) ? close(part) : part))
    return value
  }
  return { schema: close(schema), isBent }
}
