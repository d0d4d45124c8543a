const lengthBytes = 4
const leastBytes = 16

/** 24 MB of payload and 128 kB of headers are the most that the protocol allows. */
const mostBytes = 25 * 1024 * 1024

/**
 * Cuts bytes into frames that begin with their own length, big-endian. The function returned takes the next bytes and
 * yields the frames that they complete. @throws RangeError for a length that no frame has.
 */
export function createFrameCutter(): (bytes: Uint8Array) => Iterable<Uint8Array> {
  let pieces: Uint8Array[] = []
  let size = 0
  let needed = lengthBytes

  return function* (bytes) {
    pieces.push(bytes)
    size += bytes.byteLength
    if (size < needed) return
    let rest = join(pieces, size)
    needed = neededFor(rest)
    while (rest.byteLength >= needed) {
      yield rest.subarray(0, needed)
      rest = rest.subarray(needed)
      needed = neededFor(rest)
    }
    pieces = [rest]
    size = rest.byteLength
  }
}

function neededFor(bytes: Uint8Array): number {
  if (bytes.byteLength < lengthBytes) return lengthBytes
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  if (length < leastBytes || length > mostBytes) throw new RangeError(`A frame cannot have ${length} bytes.`)
  return length
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const joined = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    joined.set(piece, at)
    at += piece.byteLength
  }
  return joined
}
