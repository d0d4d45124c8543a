import { isObject } from './json.ts'

/** One set of headers with names in lower case; later sources win, values that are no strings are left out. */
export function mergeHeaders(...sources: readonly unknown[]): Record<string, string> {
  const merged: Record<string, string> = {}
  for (const source of sources) {
    for (const [name, value] of isObject(source) ? Object.entries(source) : []) {
      if (typeof value === 'string') merged[name.toLowerCase()] = value
    }
  }
  return merged
}
