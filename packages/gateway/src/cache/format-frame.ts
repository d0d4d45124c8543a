const lengthBytes = 4

/** Text and bytes as one: the length of the text, the text, the bytes. `parseFrame` is its inverse. */
export function formatFrame(text: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(text)
  const frame = new Uint8Array(lengthBytes + head.byteLength + bytes.byteLength)
  new DataView(frame.buffer).setUint32(0, head.byteLength)
  frame.set(head, lengthBytes)
  frame.set(bytes, lengthBytes + head.byteLength)
  return frame
}
