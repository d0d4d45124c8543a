import { isObject, type Json, type JsonObject } from '@gw/adapters'

/** A number that is not negative, also where a form or a header has it as text. */
export function numberIn(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined
}

/** A text that is not empty. */
export function textIn(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A field that is an object. */
export function objectIn(value: Json | undefined, field: string): JsonObject | undefined {
  const part = isObject(value) ? value[field] : undefined
  return isObject(part) ? part : undefined
}

/** The objects of a field that is an array. */
export function objectsIn(value: JsonObject | undefined, field: string): JsonObject[] {
  const list = value?.[field]
  return Array.isArray(list) ? list.filter(isObject) : []
}

/** A copy without the fields that are `undefined` or 0. */
export function withoutZeros(usage: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(Object.entries(usage).flatMap(([name, count]) => (count ? [[name, count]] : [])))
}
