import { EventStreamCodec, Int64 } from '@smithy/core/event-streams'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatAwsFrame, parseAwsFrame } from './aws-frame.ts'

/** Amazon's own implementation. */
const codec = new EventStreamCodec(
  (input) => (typeof input === 'string' ? input : new TextDecoder().decode(input)),
  (input) => new TextEncoder().encode(input),
)

const headers = fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), fc.string({ maxLength: 300 }), { maxKeys: 4 })
const property = (check: (headers: Record<string, string>, payload: string) => void): void =>
  fc.assert(fc.property(headers, fc.string({ unit: 'binary', maxLength: 300 }), check), { numRuns: 300, seed: 1 })

/** A copy with an ordinary prototype, to compare. */
const plain = (fields: object): object => Object.fromEntries(Object.entries(fields))

test('what Amazon’s own implementation writes is read', () => {
  property((headers, payload) => {
    const typed = Object.entries(headers).map(([name, value]) => [name, { type: 'string' as const, value }])
    const bytes = codec.encode({ headers: Object.fromEntries(typed), body: new TextEncoder().encode(payload) })
    expect(parseAwsFrame(bytes)).toEqual({ headers: plain(headers), payload })
  })
})

test('Amazon’s own implementation reads what is written', () => {
  property((headers, payload) => {
    const { headers: read, body } = codec.decode(formatAwsFrame({ headers, payload }))
    expect(Object.fromEntries(Object.entries(read).map(([name, { value }]) => [name, value]))).toEqual(plain(headers))
    expect(new TextDecoder().decode(body)).toBe(payload)
  })
})

test('headers that are no strings are passed over', () => {
  const bytes = codec.encode({
    headers: {
      a: { type: 'boolean', value: true },
      b: { type: 'byte', value: 1 },
      c: { type: 'short', value: 2 },
      d: { type: 'integer', value: 3 },
      e: { type: 'long', value: Int64.fromNumber(4) },
      f: { type: 'binary', value: Uint8Array.of(1, 2, 3) },
      g: { type: 'timestamp', value: new Date(0) },
      h: { type: 'uuid', value: '123e4567-e89b-42d3-a456-426614174000' },
      i: { type: 'string', value: 'last' },
    },
    body: new Uint8Array(),
  })
  expect(parseAwsFrame(bytes)).toEqual({ headers: { i: 'last' }, payload: '' })
})

test('any damaged bit is noticed', () => {
  const frame = formatAwsFrame({ headers: { ':event-type': 'x' }, payload: '{}' })
  for (let bit = 0; bit < frame.length * 8; bit++) {
    const damaged = Uint8Array.from(frame)
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(() => parseAwsFrame(damaged)).toThrow(RangeError)
  }
})
