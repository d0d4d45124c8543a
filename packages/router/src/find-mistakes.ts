import type { Mistake } from './parsed.ts'

/** Finds what is wrong with a value; nothing, if it is what it should be. */
export type Check = (value: unknown, path: string) => readonly Mistake[]

/** The mistakes of an object whose fields are all optional; a field without a check is a mistake. */
export function findMistakes(value: unknown, path: string, checks: Readonly<Record<string, Check>>): Mistake[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ path, message: 'must be an object' }]
  }
  const known = new Map(Object.entries(checks))
  return Object.entries(value).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`
    const check = known.get(name)
    if (!check) return [{ path: at, message: `is not known; known are ${[...known.keys()].join(', ')}` }]
    return field === undefined ? [] : [...check(field, at)]
  })
}
