import type { HeaderReader } from './header-reader.ts'
import { objectOf, objectsOf, stringOf, type JsonObject } from './json.ts'

/**
 * How long a provider asks us to wait, in ms: `retry-after-ms`, `retry-after` in seconds or as a date (measured from
 * the answer's own `date`), or Google's `RetryInfo` in the body.
 */
export function readRetryAfter(headers: HeaderReader, body?: JsonObject): number | undefined {
  const precise = Number(headers.get('retry-after-ms') ?? Number.NaN)
  if (precise >= 0) return precise

  const stated = headers.get('retry-after')
  if (stated !== null) {
    const seconds = Number(stated)
    if (seconds >= 0) return Math.ceil(seconds * 1000)
    const wait = Date.parse(stated) - Date.parse(headers.get('date') ?? '')
    if (wait >= 0) return wait
  }
  return body && readRetryInfo(body)
}

/** @see https://cloud.google.com/apis/design/errors#error_details */
function readRetryInfo(body: JsonObject): number | undefined {
  const details = objectsOf(objectOf(body['error'])?.['details'])
  const delay = details.map((detail) => stringOf(detail['retryDelay'])).find((value) => value !== undefined)
  const seconds = Number(delay?.replace(/s$/, ''))
  return Number.isFinite(seconds) ? Math.ceil(seconds * 1000) : undefined
}
