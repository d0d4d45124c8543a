import { isObject, type Json, type JsonObject } from '../../json.ts'

/** Fields whose content is the caller's own words. */
const own: ReadonlySet<string> = new Set([
  'args',
  'response',
  'parameters',
  'parametersJsonSchema',
  'responseSchema',
  'responseJsonSchema',
  'labels',
])

/** A copy with the API's field names in camel case; the API takes snake case too. */
export function camelKeys(body: JsonObject): JsonObject {
  const entries = Object.entries(body).map(([key, value]): [string, Json | undefined] => {
    const name = key.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    return [name, own.has(name) ? value : camelValue(value)]
  })
  return Object.fromEntries(entries)
}

function camelValue(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => camelValue(item) ?? null)
  return isObject(value) ? camelKeys(value) : value
}
