import { expect, test } from 'vitest'
import type { JsonObject } from './json.ts'
import { readRetryAfter } from './read-retry-after.ts'

const google = (retryDelay: string): JsonObject => ({
  error: { details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay }] },
})

interface Answer {
  headers?: Record<string, string>
  body?: JsonObject
}

test.each<[string, Answer, number | undefined]>([
  ['seconds', { headers: { 'retry-after': '20' } }, 20_000],
  ['part of a second', { headers: { 'retry-after': '0.25' } }, 250],
  ['no wait', { headers: { 'retry-after': '0' } }, 0],
  ['milliseconds before seconds', { headers: { 'retry-after-ms': '1500', 'retry-after': '20' } }, 1500],
  [
    'a date, by the clock of the answer',
    { headers: { 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT', date: 'Sat, 21 Nov 2026 10:00:00 GMT' } },
    30_000,
  ],
  ['a date without a clock', { headers: { 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT' } }, undefined],
  [
    'a date that is over',
    { headers: { 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT', date: 'Sat, 21 Nov 2026 10:00:00 GMT' } },
    undefined,
  ],
  ['nonsense', { headers: { 'retry-after': 'soon' } }, undefined],
  ["Google's delay", { body: google('27s') }, 27_000],
  ["part of a second in Google's delay", { body: google('48.939935699s') }, 48_940],
  ['a header before the body', { headers: { 'retry-after': '1' }, body: google('27s') }, 1000],
  ['nothing', { body: { error: { details: [] } } }, undefined],
])('reads %s', (_, { headers = {}, body }, expected) => {
  expect(readRetryAfter(new Headers(headers), body)).toBe(expected)
})
