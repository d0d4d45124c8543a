import { hash } from '../hash.ts'

/** Signs reasoning text as this vendor would: a later request must bring both back unchanged. */
export function sign(vendor: string, text: string): string {
  return btoa(`sim:${vendor}:${hash(text).toString(16)}`)
}

/** True if the simulator signed exactly this text for this vendor. */
export function isSigned(vendor: string, text: string, signature: string): boolean {
  return signature === sign(vendor, text)
}
