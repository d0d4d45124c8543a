import type { Frame, Framing } from './format.ts'

/** Server-sent events; Google ends its lines with CRLF, the others with LF. */
export function sse(newline: '\n' | '\r\n' = '\n', contentType = 'text/event-stream; charset=utf-8'): Framing {
  return {
    contentType,
    comment: `: keep-alive${newline}${newline}`,
    encode: ({ event, text }) =>
      `${event === undefined ? '' : `event: ${event}${newline}`}data: ${text}${newline}${newline}`,
  }
}

/** One JSON array whose elements arrive one by one (Gemini without `alt=sse`). */
export const jsonArray: Framing = {
  contentType: 'application/json; charset=UTF-8',
  comment: '\r\n',
  close: ']',
  encode: ({ kind, text }, isFirst) => (kind === 'done' ? text : `${isFirst ? '[' : ',\r\n'}${text}`),
}

/** One JSON value a line. */
export const ndjson: Framing = { contentType: 'application/x-ndjson', encode: ({ text }) => `${text}\n` }

/** A frame whose payload is JSON. */
export function frame(kind: Frame['kind'], payload: unknown, event?: string): Frame {
  return { kind, text: JSON.stringify(payload), ...(event === undefined ? {} : { event }) }
}
