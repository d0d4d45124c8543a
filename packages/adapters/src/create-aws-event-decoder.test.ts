import { describe, expect, test } from 'vitest'
import { formatAwsException } from './aws-exception.ts'
import { formatAwsFrame } from './aws-frame.ts'
import { createEventDecoder } from './create-event-decoder.ts'
import type { SseEvent } from './decode-stream.ts'

/** The first frame of a recorded ConverseStream answer. */
const recorded = Uint8Array.from(
  Buffer.from(
    'AAAAmgAAAFJ78dAACzpldmVudC10eXBlBwAMbWVzc2FnZVN0YXJ0DTpjb250ZW50LXR5cGUHABBhcHBsaWNhdGlvbi9qc29uDTpt' +
      'ZXNzYWdlLXR5cGUHAAVldmVudHsicCI6ImFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6QUJDIiwicm9sZSI6ImFzc2lzdGFudCJ9' +
      '2EeA9Q==',
    'base64',
  ),
)

const frame = (headers: Record<string, string>, payload: string): Uint8Array => formatAwsFrame({ headers, payload })
const event = (name: string, payload: string): Uint8Array =>
  frame({ ':event-type': name, ':content-type': 'application/json', ':message-type': 'event' }, payload)
const exception = (name: string, payload: string): Uint8Array =>
  frame({ ':exception-type': name, ':content-type': 'application/json', ':message-type': 'exception' }, payload)

function decode(bytes: Uint8Array, size = bytes.length): SseEvent[] {
  const decoder = createEventDecoder('aws-eventstream')
  const events: SseEvent[] = []
  for (let at = 0; at < bytes.length; at += size) events.push(...decoder.push(bytes.subarray(at, at + size)))
  return [...events, ...decoder.end()]
}

const joined = (...frames: Uint8Array[]): Uint8Array => Uint8Array.from(frames.flatMap((bytes) => [...bytes]))
const unreadable = {
  event: 'unreadableFrame',
  data: '{"type":"error","error":{"type":"unreadableFrame","message":"The provider sent a stream frame that cannot be read.","status_code":502}}',
}

describe('Amazon’s event stream', () => {
  const stream = joined(event('messageStart', '{"role":"assistant"}'), event('ping', ''), event('x', '{"text":"é"}'))

  test.each([1, 3, 7, 4096])('each frame is an event, however the bytes are cut (%i at a time)', (size) => {
    expect(decode(stream, size)).toEqual([
      { event: 'messageStart', data: '{"role":"assistant"}' },
      { event: 'ping', data: '' },
      { event: 'x', data: '{"text":"é"}' },
    ])
  })

  test('a recorded frame is read', () => {
    expect(decode(recorded)).toEqual([
      { event: 'messageStart', data: '{"p":"abcdefghijklmnopqrstuvwxyzABC","role":"assistant"}' },
    ])
  })

  test('a chunk of InvokeModel is the event in it', () => {
    const bytes = Buffer.from('{"type":"ping","text":"é"}').toString('base64')
    expect(decode(event('chunk', JSON.stringify({ bytes, p: 'abc' })))).toEqual([
      { event: 'chunk', data: '{"type":"ping","text":"é"}' },
    ])
    expect(decode(event('chunk', '{"bytes":"%"}'))).toEqual([{ event: 'chunk', data: '{"bytes":"%"}' }])
  })

  test.each([
    ['throttlingException', '{"message":"Too many requests"}', 429, 'Too many requests'],
    ['validationException', '{"message":"No."}', 400, 'No.'],
    ['modelTimeoutException', '{"message":"Late."}', 408, 'Late.'],
    ['internalServerException', '{"message":"Oh."}', 500, 'Oh.'],
    ['serviceUnavailableException', '{}', 503, '{}'],
    ['modelStreamErrorException', '{"message":"Broken."}', 424, 'Broken.'],
    ['modelStreamErrorException', '{"originalStatusCode":500,"originalMessage":"Down."}', 500, 'Down.'],
    ['newException', '', 502, 'newException'],
  ])('%s %s is an error with a status', (...[type, payload, status_code, message]) => {
    const data = JSON.stringify({ type: 'error', error: { type, message, status_code } })
    expect(decode(exception(type, payload))).toEqual([{ event: type, data }])
  })

  test('an error that the service did not foresee is an error too', () => {
    const headers = { ':message-type': 'error', ':error-code': 'InternalError', ':error-message': 'Oh no.' }
    const data = '{"type":"error","error":{"type":"InternalError","message":"Oh no.","status_code":502}}'
    expect(decode(frame(headers, ''))).toEqual([{ event: 'InternalError', data }])
  })

  test.each([5, 9, 30, -1])('a damaged byte (%i) is an error, once, after what came before', (place) => {
    const damaged = event('x', '{"text":"hello"}')
    const at = place < 0 ? damaged.length + place : place
    damaged[at] = (damaged[at] ?? 0) ^ 1
    const events = decode(joined(event('a', '1'), damaged, event('b', '2')))
    expect(events).toEqual([{ event: 'a', data: '1' }, unreadable])
  })

  test.each([
    ['no frame at all', '{"message":"Internal error"}'],
    ['a length that is too small', '\0\0\0\u0005hello'],
  ])('%s is an error', (_, text) => {
    expect(decode(new TextEncoder().encode(text), 3)).toEqual([unreadable])
  })

  test('a frame that is cut off is no event', () => {
    const bytes = joined(event('a', '1'), event('b', '2'))
    expect(decode(bytes.subarray(0, -1))).toEqual([{ event: 'a', data: '1' }])
  })

  test('what is written for clients is read again', () => {
    const data = '{"type":"error","error":{"type":"modelStreamErrorException","message":"Gone.","status_code":424}}'
    expect(decode(formatAwsException('Gone.'))).toEqual([{ event: 'modelStreamErrorException', data }])
  })
})
