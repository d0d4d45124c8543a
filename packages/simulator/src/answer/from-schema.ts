import { isJson } from '../shape.ts'

type Json = Record<string, unknown>

const formats: Record<string, string> = {
  date: '2026-01-02',
  time: '03:04:05Z',
  'date-time': '2026-01-02T03:04:05Z',
  email: 'user@example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  hostname: 'example.com',
}

/**
 * The simplest value that satisfies a JSON schema: a string is its property's name, a number its minimum or 1,
 * a boolean true, an enum its first value, an object its required properties (all of them if none is required).
 */
export function fromSchema(schema: unknown, name = 'value', root: unknown = schema): unknown {
  if (!isJson(schema)) return name
  const resolved = dereference(schema, root)
  if ('const' in resolved) return resolved['const']
  if (Array.isArray(resolved['enum'])) return resolved['enum'][0]
  const [option] = choices(resolved)
  if (option !== undefined) return fromSchema(option, name, root)
  return byType(withAllOf(resolved, root), name, root)
}

function byType(schema: Json, name: string, root: unknown): unknown {
  switch (typeOf(schema)) {
    case 'object':
      return objectFrom(schema, root)
    case 'array':
      return Array.from({ length: size(schema['minItems'], 1) }, () => fromSchema(schema['items'] ?? {}, name, root))
    case 'integer':
      return Math.ceil(lowest(schema, 1))
    case 'number':
      return lowest(schema, Number.EPSILON)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return text(schema, name)
  }
}

function objectFrom(schema: Json, root: unknown): Json {
  const properties = isJson(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : []
  const keys = required.length > 0 ? required : Object.keys(properties)
  return Object.fromEntries(keys.map((key) => [key, fromSchema(properties[key] ?? {}, key, root)]))
}

function typeOf(schema: Json): string {
  const declared = schema['type']
  const type = Array.isArray(declared) ? declared.find((entry) => entry !== 'null') : declared
  if (typeof type === 'string') return type.toLowerCase()
  return 'properties' in schema ? 'object' : 'string'
}

function lowest(schema: Json, step: number): number {
  const { minimum, exclusiveMinimum, maximum } = schema
  if (typeof exclusiveMinimum === 'number') return exclusiveMinimum + step
  if (typeof minimum === 'number') return minimum
  return typeof maximum === 'number' ? Math.min(1, maximum) : 1
}

function text(schema: Json, name: string): string {
  const format = typeof schema['format'] === 'string' ? formats[schema['format']] : undefined
  const value = (format ?? name).padEnd(size(schema['minLength'], 0), '.')
  return value.slice(0, size(schema['maxLength'], value.length))
}

function size(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback
}

function choices(schema: Json): unknown[] {
  const options = schema['anyOf'] ?? schema['oneOf']
  if (!Array.isArray(options)) return []
  return options.filter((option) => !(isJson(option) && option['type'] === 'null'))
}

function withAllOf(schema: Json, root: unknown): Json {
  const parts = schema['allOf']
  if (!Array.isArray(parts)) return schema
  const merged = parts.filter(isJson).map((part) => dereference(part, root))
  const required = [schema, ...merged].flatMap((part) => (Array.isArray(part['required']) ? part['required'] : []))
  const properties = Object.assign({}, ...[schema, ...merged].map((part) => part['properties']))
  return Object.assign({}, ...merged, schema, { properties, required })
}

function dereference(schema: Json, root: unknown): Json {
  const reference = schema['$ref']
  if (typeof reference !== 'string' || !reference.startsWith('#')) return schema
  let target: unknown = root
  for (const key of reference.slice(1).split('/').filter(Boolean)) target = isJson(target) ? target[key] : undefined
  return isJson(target) && target['$ref'] !== reference ? dereference(target, root) : {}
}
