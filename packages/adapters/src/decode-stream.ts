import { createParser } from 'eventsource-parser'

/** One server-sent event. */
export interface SseEvent {
  /** The `event:` field, where there was one. */
  event?: string
  data: string
}

/** Turns bytes into server-sent events, as they arrive. */
export interface SseDecoder {
  /** The events that these bytes complete. */
  push(bytes: Uint8Array): SseEvent[]
  /** The event that was still open when the stream closed: some vendors leave out the last blank line. */
  end(): SseEvent[]
}

/**
 * Decodes any legal framing: LF, CR or CRLF, bytes cut anywhere, comments, multi-line data. A body that is plain JSON
 * in spite of its content type comes out as one event when the stream ends (Gemini sends its stream errors so).
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function createSseDecoder(): SseDecoder {
  const text = new TextDecoder()
  let events: SseEvent[] = []
  let kind: 'unknown' | 'events' | 'json' = 'unknown'
  let json = ''
  const parser = createParser({
    onEvent: ({ event, data }) => events.push(event === undefined ? { data } : { event, data }),
  })

  const take = (): SseEvent[] => {
    const taken = events
    events = []
    return taken
  }

  const feed = (decoded: string): SseEvent[] => {
    if (kind === 'unknown') kind = kindOf(decoded)
    if (kind === 'events') parser.feed(decoded)
    if (kind === 'json') json += decoded
    return take()
  }

  return {
    push: (bytes) => feed(text.decode(bytes, { stream: true })),
    end: () => {
      const rest = feed(text.decode())
      if (kind === 'json') return [{ data: json.trim() }]
      if (kind === 'unknown') return []
      parser.feed('\n\n')
      return [...rest, ...take()]
    },
  }
}

function kindOf(head: string): 'unknown' | 'events' | 'json' {
  const first = head.trimStart().at(0)
  if (first === undefined) return 'unknown'
  return first === '{' || first === '[' ? 'json' : 'events'
}
