import type { EventPosition } from './pass-events.ts'

/** A stretch of a tape. */
export interface TapePiece {
  /** Offset of its first byte. */
  start: number
  /** What stands before it. */
  before: EventPosition
  bytes: Uint8Array<ArrayBuffer>
}

/** Where a tape is kept: a Durable Object's database, or memory. */
export interface TapeStore {
  /** Pieces come in order and without gaps. */
  append(piece: TapePiece): void
  /** The piece with the byte at `offset`. */
  at(offset: number): TapePiece | undefined
  /** The last piece with fewer than `events` whole events before it. */
  lastBefore(events: number): TapePiece | undefined
}

export function createMemoryTapeStore(): TapeStore {
  const pieces: TapePiece[] = []
  return {
    append: (piece) => void pieces.push(piece),
    at: (offset) => pieces.find(({ start, bytes }) => start <= offset && offset < start + bytes.byteLength),
    lastBefore: (events) => pieces.findLast(({ before }) => before.events < events),
  }
}
