import { unwrapForeign, wrapForeign } from '../anthropic-messages/foreign-reasoning.ts'

/**
 * What another vendor signed, as a thought signature: base64, as clients check, of a value that names its format.
 * `kind` tells a signature from encrypted reasoning.
 */
export function toThoughtSignature(kind: 'text' | 'data', format: string, value: string): string {
  return btoa(wrapForeign(`${kind}/${format}`, value))
}

/** The inverse of `toThoughtSignature`; `undefined` for Gemini's own signatures. */
export function readForeignSignature(
  signature: string,
): { kind: 'text' | 'data'; format: string; value: string } | undefined {
  const foreign = unwrapForeign(decode(signature))
  if (!foreign) return undefined
  const [kind, format = ''] = foreign.format.split('/')
  return { kind: kind === 'data' ? 'data' : 'text', format, value: foreign.value }
}

function decode(signature: string): string {
  try {
    return atob(signature.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}
