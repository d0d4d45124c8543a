import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSseDecoder, type SseEvent } from './decode-stream.ts'

/** Decodes bytes that arrive in the given pieces. */
function decodePieces(pieces: readonly Uint8Array[]): SseEvent[] {
  const decoder = createSseDecoder()
  return [...pieces.flatMap((piece) => decoder.push(piece)), ...decoder.end()]
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
}

/** Decodes a text at every cut size; all must agree. */
function decode(text: string): SseEvent[] {
  const bytes = new TextEncoder().encode(text)
  const whole = decodePieces([bytes])
  for (let size = 1; size <= bytes.length; size += 1) expect(decodePieces(cut(bytes, size))).toEqual(whole)
  return whole
}

describe('events', () => {
  test.each([
    ['LF', '\n'],
    ['CR', '\r'],
    ['CRLF', '\r\n'],
  ])('end their lines with %s', (_, end) => {
    const text = ['event: a', 'data: 1', '', 'data: 2', '', ''].join(end)
    expect(decode(text)).toEqual([{ event: 'a', data: '1' }, { data: '2' }])
  })

  test('may hold characters of several bytes', () => {
    expect(decode('data: {"text":"Grüße, 世界 🌍"}\n\n')).toEqual([{ data: '{"text":"Grüße, 世界 🌍"}' }])
  })

  test('stand between comments, ids, retries and unknown fields', () => {
    const text = ': OPENROUTER PROCESSING\n\n: keepalive\nid: 7\nretry: 10\nfoo: bar\ndata: 1\n\n: bye\n\n'
    expect(decode(text)).toEqual([{ data: '1' }])
  })

  test('join their data lines', () => {
    expect(decode('data: a\ndata: b\ndata:\ndata:c\n\n')).toEqual([{ data: 'a\nb\n\nc' }])
  })

  test('without data are none', () => {
    expect(decode('event: ping\n\nevent: done\ndata: 1\n\n')).toEqual([{ event: 'done', data: '1' }])
  })

  test('may lack the last blank line, or the last line end', () => {
    expect(decode('data: 1\n\ndata: [DONE]\n')).toEqual([{ data: '1' }, { data: '[DONE]' }])
    expect(decode('data: 1\n\ndata: [DONE]')).toEqual([{ data: '1' }, { data: '[DONE]' }])
  })

  test('may follow a byte order mark', () => {
    expect(decode('\uFEFFdata: 1\n\n')).toEqual([{ data: '1' }])
  })

  test('are out as soon as their blank line is', () => {
    const decoder = createSseDecoder()
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
    expect(decoder.push(bytes('data: 1\r\n'))).toEqual([])
    expect(decoder.push(bytes('\r\n'))).toEqual([{ data: '1' }])
    expect(decoder.push(bytes('data: 2\n\nda'))).toEqual([{ data: '2' }])
  })

  test('are whatever chunks the bytes come in', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `data: ${text.replaceAll(/[\r\n]/g, '')}`),
      fc.constantFrom(': comment', 'event: delta', 'id: 3', 'retry: 5', 'data'),
    )
    const block = fc.array(line, { minLength: 1, maxLength: 4 })
    const stream = fc.tuple(fc.array(block, { maxLength: 6 }), fc.constantFrom('\n', '\r', '\r\n'))
    const property = fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), ([blocks, end], cuts) => {
      const text = blocks.map((lines) => [...lines, '', ''].join(end)).join('')
      const bytes = new TextEncoder().encode(text)
      const places = [0, ...cuts.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
      const pieces = places.slice(1).map((place, index) => bytes.subarray(places[index], place))
      expect(decodePieces(pieces)).toEqual(decodePieces([bytes]))
    })
    fc.assert(property, { numRuns: 500 })
  })
})

describe('a body that is no stream', () => {
  test('is one event when it is an object or an array, over several lines', () => {
    expect(decode('\n{\n  "error": { "code": 429 }\n}\n').map(({ data }) => JSON.parse(data))).toEqual([
      { error: { code: 429 } },
    ])
    expect(decode('[{"error":{}}]').map(({ data }) => JSON.parse(data))).toEqual([[{ error: {} }]])
  })

  test('is nothing when it is empty or white', () => {
    expect(decode('')).toEqual([])
    expect(decode('\n\n \n')).toEqual([])
  })
})
