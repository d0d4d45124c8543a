import { errorEvent, readAwsException } from './aws-exception.ts'
import { parseAwsFrame } from './aws-frame.ts'
import { createFrameCutter } from './create-frame-cutter.ts'
import type { SseDecoder, SseEvent } from './decode-stream.ts'
import { parseObject, stringOf } from './json.ts'
import { decodeBase64Text } from './wire/anthropic-messages/decode-base64-text.ts'

const unreadable = { message: 'The provider sent a stream frame that cannot be read.', status: 502 }

/**
 * Decodes Amazon's binary event stream: the event's name is the frame's `:event-type`, its data the payload. An
 * exception comes as `{ type: 'error', error: { type, message, status_code } }`, and so does a frame that is damaged,
 * after which nothing more is read.
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function createAwsEventDecoder(): SseDecoder {
  const cut = createFrameCutter()
  let isBroken = false

  return {
    push: (bytes) => {
      if (isBroken) return []
      const events: SseEvent[] = []
      try {
        for (const frame of cut(bytes)) events.push(readFrame(frame))
      } catch {
        isBroken = true
        events.push(errorEvent('unreadableFrame', unreadable))
      }
      return events
    },
    end: () => [],
  }
}

/** @throws RangeError when a checksum or a length is wrong. */
function readFrame(frame: Uint8Array): SseEvent {
  const { headers, payload } = parseAwsFrame(frame)
  switch (headers[':message-type']) {
    case 'exception':
      return readAwsException(headers[':exception-type'] ?? 'exception', payload)
    case 'error':
      return errorEvent(headers[':error-code'] ?? 'error', {
        message: headers[':error-message'] ?? 'The provider ended the stream with an error.',
        status: 502,
      })
    default: {
      const event = headers[':event-type']
      return { ...(event !== undefined && { event }), data: event === 'chunk' ? unwrapChunk(payload) : payload }
    }
  }
}

/** Streams of InvokeModel carry the model's own events as base64: `{ "bytes": "…" }`. */
function unwrapChunk(payload: string): string {
  const wrapped = stringOf(parseObject(payload)?.['bytes'])
  return (wrapped === undefined ? undefined : decodeBase64Text(wrapped)) ?? payload
}
