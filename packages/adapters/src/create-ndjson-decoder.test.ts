import { expect, test } from 'vitest'
import { createEventDecoder } from './create-event-decoder.ts'

const text = '{"a":"é"}\r\n\n{"b":1}\n{"c":[]}'

test.each([1, 3, 7, 4096])('each line is an event, however the bytes are cut (%i at a time)', (size) => {
  const bytes = new TextEncoder().encode(text)
  const decoder = createEventDecoder('ndjson')
  const events = []
  for (let at = 0; at < bytes.length; at += size) events.push(...decoder.push(bytes.subarray(at, at + size)))
  expect(events.map(({ data }) => data)).toEqual(['{"a":"é"}', '{"b":1}'])
  expect(decoder.end()).toEqual([{ data: '{"c":[]}' }])
})
