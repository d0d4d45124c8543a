import { crc32 } from './crc32.ts'

/** One frame of Amazon's binary event stream: its headers that are strings, and its payload. */
export interface AwsFrame {
  headers: Readonly<Record<string, string>>
  payload: string
}

/** Both lengths and their checksum stand before the headers, the checksum of all after the payload. */
const prelude = 12
const trailer = 4

/**
 * Reads a whole frame. The packages of Amazon's SDK that do the same need Node or a bundler that knows browsers.
 * @throws RangeError when a checksum or a length is wrong.
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function parseAwsFrame(frame: Uint8Array): AwsFrame {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  const end = frame.byteLength - trailer
  const headersEnd = prelude + view.getUint32(4)
  const isWhole =
    view.getUint32(0) === frame.byteLength &&
    crc32(frame.subarray(0, prelude - 4)) === view.getUint32(prelude - 4) &&
    crc32(frame.subarray(0, end)) === view.getUint32(end)
  if (!isWhole || headersEnd > end) throw new RangeError('A frame is damaged.')
  return {
    headers: parseHeaders(frame.subarray(prelude, headersEnd)),
    payload: new TextDecoder().decode(frame.subarray(headersEnd, end)),
  }
}

/** Bytes of a header's value by its type: flags, integers, time and UUID. The others state their own length. */
const valueSizes: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 }
const stringType = 7

function parseHeaders(bytes: Uint8Array): AwsFrame['headers'] {
  const decoder = new TextDecoder()
  const headers: Record<string, string> = {}
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  while (at < bytes.byteLength) {
    const nameEnd = at + 1 + view.getUint8(at)
    const type = view.getUint8(nameEnd)
    const size = valueSizes[type]
    const start = nameEnd + (size === undefined ? 3 : 1)
    const end = start + (size ?? view.getUint16(nameEnd + 1))
    if (type === stringType)
      headers[decoder.decode(bytes.subarray(at + 1, nameEnd))] = decoder.decode(bytes.subarray(start, end))
    at = end
  }
  return headers
}

/** Writes a frame. */
export function formatAwsFrame({ headers, payload }: AwsFrame): Uint8Array {
  const encoder = new TextEncoder()
  const head = Object.entries(headers).flatMap(([name, value]) => {
    const [key, text] = [encoder.encode(name), encoder.encode(value)]
    return [key.length, ...key, stringType, text.length >> 8, text.length & 0xff, ...text]
  })
  const body = encoder.encode(payload)
  const frame = new Uint8Array(prelude + head.length + body.length + trailer)
  const view = new DataView(frame.buffer)
  view.setUint32(0, frame.byteLength)
  view.setUint32(4, head.length)
  view.setUint32(prelude - 4, crc32(frame.subarray(0, prelude - 4)))
  frame.set(head, prelude)
  frame.set(body, prelude + head.length)
  view.setUint32(frame.byteLength - trailer, crc32(frame.subarray(0, -trailer)))
  return frame
}
