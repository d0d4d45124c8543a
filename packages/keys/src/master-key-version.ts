/**
 * The version of a master key: the first 8 hex digits of the SHA-256 of its 32 bytes. WebCrypto digests only
 * asynchronously, and a vault must know its versions before its first use; 32 bytes are one block, so this is one pass of
 * the compression function (FIPS 180-4, section 6.2.2). Nothing is protected by it.
 */
export function masterKeyVersion(key: Uint8Array<ArrayBuffer>): string {
  if (key.length !== 32) throw new RangeError('A master key has 32 bytes.')
  const block = new DataView(new ArrayBuffer(64))
  for (const [index, byte] of key.entries()) block.setUint8(index, byte)
  block.setUint8(32, 0x80)
  block.setUint32(60, 256)

  const [first = 0] = compress(schedule(block))
  return first.toString(16).padStart(8, '0')
}

/** The 64 words of the message schedule. */
function schedule(block: DataView): Uint32Array {
  const words = new Uint32Array(64)
  const word = (index: number): number => words[index] ?? 0
  for (let i = 0; i < 16; i++) words[i] = block.getUint32(i * 4)
  for (let i = 16; i < 64; i++) {
    const [early, late] = [word(i - 15), word(i - 2)]
    const mixedEarly = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3)
    const mixedLate = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10)
    words[i] = word(i - 16) + mixedEarly + word(i - 7) + mixedLate
  }
  return words
}

/** The state after one block; the variables have the names of the standard. */
function compress(words: Uint32Array): Uint32Array {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = initialState
  for (const [index, word] of words.entries()) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const choice = (e & f) ^ (~e & g)
    const t1 = h + sum1 + choice + (roundConstants[index] ?? 0) + word
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) >>> 0, c, b, a, (t1 + sum0 + majority) >>> 0]
  }
  const state = [a, b, c, d, e, f, g, h]
  return Uint32Array.from(state, (value, index) => value + (initialState[index] ?? 0))
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits))
}

const initialState: readonly number[] = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]

const roundConstants: readonly number[] = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]
