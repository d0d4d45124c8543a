import { createNdjsonDecoder } from './create-ndjson-decoder.ts'
import { createSseDecoder, type SseDecoder } from './decode-stream.ts'

/** How a stream is cut into events: server-sent events, or one JSON value a line. */
export type Framing = 'sse' | 'ndjson'

/** The content type of a stream, by its framing. */
export const streamTypes: Readonly<Record<Framing, string>> = {
  sse: 'text/event-stream; charset=utf-8',
  ndjson: 'application/x-ndjson',
}

/** Turns the bytes of a stream into its events. */
export function createEventDecoder(framing: Framing = 'sse'): SseDecoder {
  return framing === 'ndjson' ? createNdjsonDecoder() : createSseDecoder()
}
