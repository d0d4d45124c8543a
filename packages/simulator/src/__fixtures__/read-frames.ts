import { crc32 } from 'node:zlib'

/** A frame of Amazon's event stream. */
export interface Frame {
  headers: Record<string, string>
  payload: ReturnType<typeof JSON.parse>
}

const decoder = new TextDecoder()

/** Cuts a whole body into frames. Throws when a checksum is wrong, computed by Node's own zlib. */
export function readFrames(bytes: Uint8Array): Frame[] {
  const frames: Frame[] = []
  let rest = bytes
  while (rest.length > 0) {
    const length = uint32(rest, 0)
    frames.push(readFrame(rest.subarray(0, length)))
    rest = rest.subarray(length)
  }
  return frames
}

function readFrame(frame: Uint8Array): Frame {
  const headersEnd = 12 + uint32(frame, 4)
  const end = frame.length - 4
  if (crc32(frame.subarray(0, 8)) !== uint32(frame, 8) || crc32(frame.subarray(0, end)) !== uint32(frame, end)) {
    throw new Error('A checksum is wrong.')
  }
  return {
    headers: readHeaders(frame.subarray(12, headersEnd)),
    payload: JSON.parse(decoder.decode(frame.subarray(headersEnd, end))),
  }
}

function readHeaders(bytes: Uint8Array): Record<string, string> {
  const headers: Record<string, string> = {}
  let rest = bytes
  while (rest.length > 0) {
    const nameEnd = 1 + (rest[0] ?? 0)
    const valueStart = nameEnd + 3
    const valueEnd = valueStart + ((rest[nameEnd + 1] ?? 0) << 8) + (rest[nameEnd + 2] ?? 0)
    headers[decoder.decode(rest.subarray(1, nameEnd))] = decoder.decode(rest.subarray(valueStart, valueEnd))
    rest = rest.subarray(valueEnd)
  }
  return headers
}

const uint32 = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at)
