import { Rejection } from '../format.ts'
import { isJson } from '../shape.ts'

interface Place {
  name: string
  param: string
  code: string
}

/** OpenAI's rules for `strict: true`: closed objects whose properties are all required. Throws a Rejection. */
export function checkStrictSchema(schema: unknown, place: Place, context: readonly string[] = []): void {
  if (!isJson(schema)) return
  const properties = isJson(schema['properties']) ? schema['properties'] : undefined
  if (schema['type'] === 'object' || properties) {
    const keys = Object.keys(properties ?? {})
    const required = Array.isArray(schema['required']) ? schema['required'] : []
    const missing = keys.find((key) => !required.includes(key))
    if (schema['additionalProperties'] !== false) {
      refuse("'additionalProperties' is required to be supplied and to be false.", place, context)
    }
    if (missing !== undefined) {
      refuse(
        `'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`,
        place,
        context,
      )
    }
  }
  for (const [key, child] of Object.entries(properties ?? {})) {
    checkStrictSchema(child, place, [...context, 'properties', key])
  }
  checkStrictSchema(schema['items'], place, [...context, 'items'])
  for (const [index, option] of (Array.isArray(schema['anyOf']) ? schema['anyOf'] : []).entries()) {
    checkStrictSchema(option, place, [...context, 'anyOf', String(index)])
  }
  const definitions = isJson(schema['$defs']) ? schema['$defs'] : {}
  for (const [key, child] of Object.entries(definitions)) checkStrictSchema(child, place, [...context, '$defs', key])
}

function refuse(what: string, { name, param, code }: Place, context: readonly string[]): never {
  const at = context.map((key) => `'${key}'`).join(', ')
  throw new Rejection(`Invalid schema for ${name}: In context=(${at}), ${what}`, { param, code })
}
