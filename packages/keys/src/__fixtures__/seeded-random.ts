/** Bytes of mulberry32: the same for the same seed, and evenly spread. */
export function seededRandom(seed: number): (bytes: Uint8Array<ArrayBuffer>) => void {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) & 0xff
  }
  return (bytes) => void bytes.set(Array.from(bytes, next))
}
