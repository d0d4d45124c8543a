/**
 * A number from 0 up to 1 that is always the same for the same name, so that every policy meets the same luck: the
 * request 17 at its second attempt at a target fails for all or for none. FNV-1a with the finish of MurmurHash3.
 */
export function draw(name: string): number {
  let hash = 0x811c9dc5
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
