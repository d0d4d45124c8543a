import { createLineEnder } from './create-line-ender.ts'
import { passEvents, streamStart, type EventPosition } from './pass-events.ts'
import type { TapePiece, TapeStore } from './tape-store.ts'

/** A recording of an event stream, which any number of readers follow while it is made, each from an event of its choice. */
export interface Tape {
  /** Adds what came; line ends become LF. */
  write(bytes: Uint8Array): void
  /** The stream is over; with a reason, it broke off, and readers hear of it after the last byte. */
  end(reason?: Error): void
  /** Bytes so far. */
  size(): number
  /** Everything after the first `from` events: what is there at once, and then what comes, as fast as it is read. */
  read(from: number): ReadableStream<Uint8Array>
}

export interface TapeOptions {
  store: TapeStore
  /** How the stream ended whose bytes the store has; `undefined` for a new one. */
  ended?: 'complete' | Error
}

/** What is held in memory before it goes to the store, bytes. */
const pieceSize = 32 * 1024

/** Makes a tape, or opens one that is over. */
export function createTape({ store, ended }: TapeOptions): Tape {
  const toLines = createLineEnder()
  const waiting = new Set<() => void>()
  let ending = ended
  let position: EventPosition = streamStart
  let held = createHeldPiece(0, streamStart)

  const flush = (): void => {
    const piece = held.piece()
    if (piece.bytes.byteLength === 0) return
    store.append({ ...piece, bytes: piece.bytes.slice() })
    held = createHeldPiece(held.end(), position)
  }
  const add = (bytes: Uint8Array): void => {
    for (let rest = bytes; rest.byteLength > 0;) {
      const taken = held.take(rest)
      ;({ position } = passEvents(rest.subarray(0, taken), position))
      rest = rest.subarray(taken)
      if (rest.byteLength > 0) flush()
    }
  }
  const wake = (): void => {
    for (const go of waiting) go()
    waiting.clear()
  }
  const at = (offset: number): TapePiece | undefined => {
    const piece = held.piece()
    if (ended || offset < piece.start) return store.at(offset)
    return offset < held.end() ? piece : undefined
  }

  return {
    write: (bytes) => {
      if (ending) return
      add(toLines.push(bytes))
      wake()
    },
    end: (reason) => {
      if (ending) return
      add(toLines.end())
      flush()
      ending = reason ?? 'complete'
      wake()
    },
    size: () => held.end(),
    read: (from) => {
      const next = createCursor({ from, first: store.lastBefore(from), at })
      const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
        for (;;) {
          const bytes = next()
          if (bytes) return controller.enqueue(bytes)
          if (ending) return ending === 'complete' ? controller.close() : controller.error(ending)
          await new Promise<void>((resolve) => waiting.add(resolve))
        }
      }
      return new ReadableStream({ pull }, { highWaterMark: 0 })
    },
  }
}

interface CursorOptions {
  from: number
  /** Where to begin to count. */
  first: TapePiece | undefined
  at(offset: number): TapePiece | undefined
}

/** Hands out the bytes after the first `from` events, piece by piece; `undefined` while there are no more. */
function createCursor({ from, first, at }: CursorOptions): () => Uint8Array | undefined {
  let offset = first?.start ?? 0
  let position = first?.before ?? streamStart
  return () => {
    for (let piece = at(offset); piece; piece = at(offset)) {
      const rest = piece.bytes.subarray(offset - piece.start)
      const skipped = passEvents(rest, position, from)
      ;({ position } = skipped)
      offset += rest.byteLength
      if (skipped.length < rest.byteLength) return rest.slice(skipped.length)
    }
    return undefined
  }
}

/** The piece that is being filled. */
function createHeldPiece(start: number, before: EventPosition) {
  const buffer = new Uint8Array(pieceSize)
  let length = 0
  return {
    /** Takes what fits. @returns how much that was. */
    take: (bytes: Uint8Array): number => {
      const taken = Math.min(bytes.byteLength, pieceSize - length)
      buffer.set(bytes.subarray(0, taken), length)
      length += taken
      return taken
    },
    piece: (): TapePiece => ({ start, before, bytes: buffer.subarray(0, length) }),
    end: () => start + length,
  }
}
