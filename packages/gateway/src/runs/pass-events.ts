/** A place in an event stream whose lines end in LF. */
export interface EventPosition {
  /** Events that have ended before it. */
  events: number
  /** The byte before it is a line end that ends no event yet. */
  afterNewline: boolean
}

export const streamStart: EventPosition = { events: 0, afterNewline: false }

const newline = 10

/**
 * Walks over bytes until as many events have ended as `target` says, or to the last byte. An event ends with an empty
 * line.
 * @returns the new place, and how many bytes it took to get there.
 */
export function passEvents(
  bytes: Uint8Array,
  from: EventPosition,
  target: number = Infinity,
): { position: EventPosition; length: number } {
  let { events, afterNewline } = from
  let length = 0
  while (events < target && length < bytes.byteLength) {
    const isNewline = bytes[length] === newline
    if (isNewline && afterNewline) events += 1
    afterNewline = isNewline && !afterNewline
    length += 1
  }
  return { position: { events, afterNewline }, length }
}
