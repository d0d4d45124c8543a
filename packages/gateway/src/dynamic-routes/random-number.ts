import type { Deps } from '../deps.ts'

/** A random number of at least 0 and below 1. */
export function randomNumber(random: Deps['random']): number {
  const bytes = new Uint8Array(4)
  random(bytes)
  return new DataView(bytes.buffer).getUint32(0) / 2 ** 32
}
