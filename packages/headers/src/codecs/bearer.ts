import type { Codec } from '../codec.ts'
import { isPlaceholderSecret } from '../is-placeholder-secret.ts'

const toToken = (value: unknown) => {
  const text = String(value)
  return isPlaceholderSecret(text) ? undefined : text.trim().replace(/^bearer\s+/i, '')
}

/** A token, written as `Bearer …` and read with or without it; blank and `undefined` are "not set" on both sides. */
export const bearer: Codec<string> = {
  limit: 'ASCII without spaces',
  accepts: (value): value is string => typeof value === 'string' && /^[!-~]*$/.test(toToken(value) ?? ''),
  read: toToken,
  write: (value) => {
    const token = toToken(value)
    return token && `Bearer ${token}`
  },
}
