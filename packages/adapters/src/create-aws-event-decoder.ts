import { awsEventCodec } from './aws-event-codec.ts'
import { errorEvent, readAwsException } from './aws-exception.ts'
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

/** @throws Error when a checksum or a length is wrong. */
function readFrame(frame: Uint8Array): SseEvent {
  const { headers, body } = awsEventCodec.decode(frame)
  const header = (name: string): string | undefined => stringOf(headers[name]?.value)
  const payload = new TextDecoder().decode(body)
  switch (header(':message-type')) {
    case 'exception':
      return readAwsException(header(':exception-type') ?? 'exception', payload)
    case 'error':
      return errorEvent(header(':error-code') ?? 'error', {
        message: header(':error-message') ?? 'The provider ended the stream with an error.',
        status: 502,
      })
    default: {
      const event = header(':event-type')
      return { ...(event !== undefined && { event }), data: event === 'chunk' ? unwrapChunk(payload) : payload }
    }
  }
}

/** Streams of InvokeModel carry the model's own events as base64: `{ "bytes": "…" }`. */
function unwrapChunk(payload: string): string {
  const wrapped = stringOf(parseObject(payload)?.['bytes'])
  return (wrapped === undefined ? undefined : decodeBase64Text(wrapped)) ?? payload
}
