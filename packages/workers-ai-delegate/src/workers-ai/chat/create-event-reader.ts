import { createSseDecoder } from '@gw/adapters'

/** One event of a stream. */
export interface StreamEvent {
  data: string
  /** The body was no event stream but one JSON answer, and this is all of it. */
  isWhole: boolean
}

/** Reads a body's events as somebody asks for them. */
export interface EventReader {
  /** The events that the next bytes complete, maybe none; `undefined` at the end. */
  read(): Promise<StreamEvent[] | undefined>
  cancel(reason?: unknown): Promise<void>
}

/** Reads server-sent events, or one JSON answer that came in their place. */
export function createEventReader(stream: ReadableStream<Uint8Array | string>): EventReader {
  const reader = stream.getReader()
  const decoder = createSseDecoder()
  const encoder = new TextEncoder()
  let isJson: boolean | undefined
  let hasEnded = false

  const toEvents = (events: { data: string }[]): StreamEvent[] =>
    events.map(({ data }) => ({ data, isWhole: isJson === true }))

  return {
    read: async () => {
      if (hasEnded) return undefined
      const { done, value } = await reader.read()
      hasEnded = done
      if (done) return toEvents(decoder.end())
      const bytes = typeof value === 'string' ? encoder.encode(value) : value
      isJson ??= startsAsJson(bytes)
      return toEvents(decoder.push(bytes))
    },
    cancel: (reason) => reader.cancel(reason),
  }
}

/** `undefined` while there is only white space. */
function startsAsJson(bytes: Uint8Array): boolean | undefined {
  const first = bytes.find((byte) => byte > 0x20)
  return first === undefined ? undefined : first === 0x7b || first === 0x5b
}
