/** A number above 0 and below 1 that looks random and is always the same for a text: FNV-1a with MurmurHash3's finish. */
export function stickyNumber(text: string): number {
  return (hash(text, 0x811c9dc5) * 0x200000 + (hash(text, 0x9747b28c) >>> 11) + 0.5) / 2 ** 53
}

function hash(text: string, seed: number): number {
  let value = seed
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
