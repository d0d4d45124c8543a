import type { Codec } from '../codec.ts'

/** Whether a value is an object in JSON's sense: no array, no null. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * A JSON object in ASCII: everything else is escaped, so that it fits an HTTP header. A bigint is written as a string
 * of digits and read back as that string; what JSON can't express, a cycle, is not written.
 */
export const jsonObject: Codec<Record<string, unknown>> = {
  limit: 'a JSON object',
  accepts: isJsonObject,
  read: (text) => {
    try {
      return JSON.parse(text)
    } catch {
      return text
    }
  },
  write: (value) => {
    try {
      const json: string | undefined = JSON.stringify(value, (_, item: unknown) =>
        typeof item === 'bigint' ? String(item) : item,
      )
      return json?.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    } catch {
      return undefined
    }
  },
}
