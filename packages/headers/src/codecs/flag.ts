import type { Codec } from '../codec.ts'

/** A boolean as two lower-case words; read in any case. */
export function flag(yes = 'true', no = 'false'): Codec<boolean> {
  return {
    limit: `${yes} or ${no}`,
    accepts: (value): value is boolean => typeof value === 'boolean',
    read: (text) => {
      const word = text.toLowerCase()
      return word === yes || (word === no ? false : text)
    },
    write: (value) => {
      if (value === true) return yes
      return value === false ? no : String(value)
    },
  }
}
