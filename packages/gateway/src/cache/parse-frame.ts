const lengthBytes = 4

/** What `formatFrame` put together; `undefined` for what it did not write. The bytes are a view. */
export function parseFrame(
  frame: Uint8Array<ArrayBuffer>,
): { text: string; bytes: Uint8Array<ArrayBuffer> } | undefined {
  if (frame.byteLength < lengthBytes) return undefined
  const length = new DataView(frame.buffer, frame.byteOffset).getUint32(0)
  const end = lengthBytes + length
  if (end > frame.byteLength) return undefined
  return { text: new TextDecoder().decode(frame.subarray(lengthBytes, end)), bytes: frame.subarray(end) }
}
