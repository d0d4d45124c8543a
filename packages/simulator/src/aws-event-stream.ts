import { crc32 } from './crc32.ts'
import type { Framing } from './format.ts'

const encoder = new TextEncoder()

/** Amazon's binary event stream. An event whose name ends in `Exception` is one. */
export const awsEventStream: Framing = {
  contentType: 'application/vnd.amazon.eventstream',
  encode: ({ event = '', text }) => encodeFrame(headersOf(event), encoder.encode(text)),
}

function headersOf(name: string): Uint8Array {
  const isException = name.endsWith('Exception')
  const headers: [string, string][] = [
    [isException ? ':exception-type' : ':event-type', name],
    [':content-type', 'application/json'],
    [':message-type', isException ? 'exception' : 'event'],
  ]
  return concat(headers.map(([header, value]) => concat([named(header), textValue(value)])))
}

const named = (name: string): Uint8Array => Uint8Array.of(name.length, ...encoder.encode(name))

/** Type 7 is a string, with its length in two bytes. */
const textValue = (value: string): Uint8Array =>
  Uint8Array.of(7, value.length >> 8, value.length & 0xff, ...encoder.encode(value))

/** Lengths and their checksum, headers, payload, and the checksum of all. */
function encodeFrame(headers: Uint8Array, payload: Uint8Array): Uint8Array {
  const lengths = concat([uint32(headers.length + payload.length + 16), uint32(headers.length)])
  const rest = concat([lengths, uint32(crc32(lengths)), headers, payload])
  return concat([rest, uint32(crc32(rest))])
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
