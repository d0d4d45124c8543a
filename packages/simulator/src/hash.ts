/** 32-bit FNV-1a of a text, continued from `start`: enough to derive ids and seeds that repeat. */
export function hash(text: string, start = 0x811c9dc5): number {
  let value = start
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value >>> 0
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** An id-like word of `length` letters and digits, always the same for the same seed. */
export function idFrom(seed: number, length: number): string {
  let state = seed || 1
  let id = ''
  while (id.length < length) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    id += alphabet.charAt((state >>> 16) % alphabet.length)
  }
  return id
}

/** A UUID-shaped id, always the same for the same seed. */
export function uuidFrom(seed: number): string {
  const part = (salt: string): string => hash(salt, seed).toString(16).padStart(8, '0')
  const [a, b, c, d] = [part('a'), part('b'), part('c'), part('d')]
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`
}
