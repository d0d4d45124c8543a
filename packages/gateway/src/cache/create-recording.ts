/** Most bytes of an answer that is kept, as at Cloudflare. */
const mostBytes = 25_000_000

/** Room for what is being recorded in one isolate, which has 128 MB for everything. */
export interface RecordingRoom {
  bytes: number
}

/** Takes an answer down while it passes. The pieces are the very ones that the caller gets, not copies. */
export interface Recording {
  /** False where it comes to nothing. */
  take(bytes: Uint8Array): boolean
  /** All of it; `undefined` where it became too long. */
  read(): Uint8Array<ArrayBuffer> | undefined
  /** Forgets it. */
  drop(): void
}

/** Starts a recording; `onOverflow` hears at once that it comes to nothing. */
export function createRecording(room: RecordingRoom, onOverflow: () => void): Recording {
  let pieces: Uint8Array[] | undefined = []
  let size = 0
  const drop = (): void => {
    room.bytes += size
    size = 0
    pieces = undefined
  }
  return {
    take: (bytes) => {
      if (!pieces) return false
      if (bytes.byteLength > Math.min(mostBytes - size, room.bytes)) {
        drop()
        onOverflow()
        return false
      }
      size += bytes.byteLength
      room.bytes -= bytes.byteLength
      pieces.push(bytes)
      return true
    },
    read: () => pieces && join(pieces, size),
    drop,
  }
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.byteLength
  }
  return bytes
}
