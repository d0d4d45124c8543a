import type { Check } from './find-mistakes.ts'

/** A list of at least one string, each of them one of `choices` where there are any. */
export function checkList(choices?: readonly string[]): Check {
  return (value, path) => {
    if (!Array.isArray(value) || value.length === 0)
      return [{ path, message: 'must be a list with at least one string' }]
    return value.flatMap((item: unknown, index) => {
      const at = `${path}[${index}]`
      if (typeof item !== 'string' || item.trim() === '')
        return [{ path: at, message: 'must be a string, and not empty' }]
      const isChoice = choices === undefined || choices.includes(item)
      return isChoice ? [] : [{ path: at, message: `must be one of ${choices.join(', ')}` }]
    })
  }
}
