import { bodyTooLarge } from './read-json-body.ts'

/** Reads a body whole, and stops at the limit. @throws GatewayError `body_too_large` */
export async function readBytes({ body }: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (body === null) return new Uint8Array()
  const reader = body.getReader()
  const pieces: Uint8Array[] = []
  let size = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength
    if (size > maxBytes) {
      await reader.cancel()
      throw bodyTooLarge(maxBytes)
    }
    pieces.push(read.value)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.byteLength
  }
  return bytes
}
