import { createAwsEventDecoder } from './create-aws-event-decoder.ts'
import { createNdjsonDecoder } from './create-ndjson-decoder.ts'
import { createSseDecoder, type SseDecoder } from './decode-stream.ts'

/** How a stream is cut into events: server-sent events, one JSON value a line, or Amazon's binary frames. */
export type Framing = 'sse' | 'ndjson' | 'aws-eventstream'

/** The content type of a stream, by its framing. */
export const streamTypes: Readonly<Record<Framing, string>> = {
  sse: 'text/event-stream; charset=utf-8',
  ndjson: 'application/x-ndjson',
  'aws-eventstream': 'application/vnd.amazon.eventstream',
}

const decoders: Readonly<Record<Framing, () => SseDecoder>> = {
  sse: createSseDecoder,
  ndjson: createNdjsonDecoder,
  'aws-eventstream': createAwsEventDecoder,
}

/** Turns the bytes of a stream into its events. */
export function createEventDecoder(framing: Framing = 'sse'): SseDecoder {
  return decoders[framing]()
}
