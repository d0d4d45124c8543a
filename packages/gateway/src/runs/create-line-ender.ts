export interface LineEnder {
  push(bytes: Uint8Array): Uint8Array<ArrayBuffer>
  /** What was held back. */
  end(): Uint8Array<ArrayBuffer>
}

const newline = 10
const carriageReturn = 13

/** Turns CRLF into LF, also where a chunk ends between the two. Clients of runs count events by `\n\n`. */
export function createLineEnder(): LineEnder {
  let holdsReturn = false
  return {
    push: (bytes) => {
      const written = new Uint8Array(bytes.byteLength + 1)
      let length = 0
      for (const byte of bytes) {
        if (holdsReturn && byte !== newline) written[length++] = carriageReturn
        holdsReturn = byte === carriageReturn
        if (!holdsReturn) written[length++] = byte
      }
      return written.slice(0, length)
    },
    end: () => {
      const held = new Uint8Array(holdsReturn ? [carriageReturn] : [])
      holdsReturn = false
      return held
    },
  }
}
