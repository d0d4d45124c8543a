import { callerLeft } from './caller-left.ts'
import { bodyTooLarge } from './read-json-body.ts'

/** Reads a body whole, and stops at the limit. @throws GatewayError `body_too_large`, `client_closed` */
export async function readBytes({ body }: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (body === null) return new Uint8Array()
  const reader = body.getReader()
  const pieces: Uint8Array[] = []
  let size = 0
  const next = () => reader.read().catch(callerLeft)
  for (let read = await next(); !read.done; read = await next()) {
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
