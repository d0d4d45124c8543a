import type { Codec } from '../codec.ts'
import { pattern } from './pattern.ts'

const word = /* @__PURE__ */ pattern('', /^[!-+\--~]+$/)

/** Words separated by commas or spaces; a word itself holds neither. */
export const list: Codec<string[]> = {
  limit: 'words without spaces and commas',
  accepts: (value): value is string[] => Array.isArray(value) && value.length > 0 && value.every(word.accepts),
  read: (text) => text.split(/[\s,]+/).filter(Boolean),
}
