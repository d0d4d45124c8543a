const LF = 10
const CR = 13

/** How an event starts after which no provider sends anything: chat completions, Messages, Responses, Cohere. */
const terminal =
  /^(?:data: ?\[DONE\]|event: ?(?:message_stop|message-end|response\.(?:completed|incomplete|failed)|error)\s|data: ?\{"type": ?"(?:message_stop|message-end)")/m

/** Cuts a byte stream behind its events, and counts them as the gateway does. */
export interface EventSplitter {
  /** Events behind which the stream was cut, from the start of the run. */
  readonly count: number
  /** The bytes since then: an event that is not complete. */
  readonly tail: Uint8Array
  /** Whether the provider has said that nothing follows. */
  readonly finished: boolean
  /** The events that these bytes complete, with what was held back; `undefined` when they complete none. */
  push(bytes: Uint8Array): Uint8Array | undefined
  /** Forgets the tail; the bytes that follow start at an event. */
  restart(): void
}

/**
 * An event ends with a blank line, whether its lines end with LF or CRLF and however the bytes are cut into chunks.
 * Nothing is decoded; a chunk that ends with an event is handed on without a copy.
 */
export function createEventSplitter(firstEvent: number): EventSplitter {
  let count = firstEvent
  let held: Uint8Array[] = []
  let lastEvent = new Uint8Array()
  let afterLineEnd = false

  /** Where the last two events end in these bytes, and how many do. */
  const scan = (bytes: Uint8Array): { events: number; start: number; end: number } => {
    const found = { events: 0, start: 0, end: 0 }
    for (let at = 0; at < bytes.length;) {
      if (afterLineEnd && bytes[at] === CR) {
        at += 1
      } else if (afterLineEnd && bytes[at] === LF) {
        at += 1
        found.events += 1
        found.start = found.end
        found.end = at
        afterLineEnd = false
      } else {
        const lineEnd = bytes.indexOf(LF, at)
        afterLineEnd = lineEnd !== -1
        at = lineEnd === -1 ? bytes.length : lineEnd + 1
      }
    }
    return found
  }

  return {
    get count() {
      return count
    },
    get tail() {
      return join(held)
    },
    get finished() {
      return held.length === 0 && isTerminal(lastEvent)
    },
    push: (bytes) => {
      const { events, start, end } = scan(bytes)
      if (events === 0) {
        if (bytes.length > 0) held.push(bytes)
        return undefined
      }
      const complete = join([...held, bytes.subarray(0, end)])
      // The start of the event is enough to know it, and a copy stays ours when the reader transfers its buffer.
      const eventStart = events === 1 ? 0 : complete.length - (end - start)
      lastEvent = complete.slice(eventStart, eventStart + 64)
      count += events
      held = end === bytes.length ? [] : [bytes.subarray(end)]
      return complete
    },
    restart: () => {
      held = []
      afterLineEnd = false
    },
  }
}

/** Whether an event without its blank line is whole all the same; some vendors leave out the last one. */
export function isWhole(tail: Uint8Array): boolean {
  const text = new TextDecoder().decode(tail.subarray(-8))
  return /(?:^|[\r\n}\]])$/.test(text)
}

/** Whether these bytes are the end mark of chat completions without its blank line. */
export function isEndMark(tail: Uint8Array): boolean {
  return tail.length < 32 && /^data: ?\[DONE\]\s*$/.test(new TextDecoder().decode(tail))
}

function isTerminal(event: Uint8Array): boolean {
  return terminal.test(new TextDecoder().decode(event.subarray(0, 64)))
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array()] = parts
  if (parts.length < 2) return first
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
