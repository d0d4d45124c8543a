import type { TimeZone } from '../format/time.ts'

const minuteMs = 60_000

/** A moment as `datetime-local` fields write it: `2026-11-22T14:03`. */
export function formatMoment(at: number, zone: TimeZone): string {
  const shift = zone === 'utc' ? 0 : new Date(at).getTimezoneOffset() * minuteMs
  return new Date(at - shift).toISOString().slice(0, 16)
}

/** Its inverse; `undefined` while the field is incomplete. */
export function parseMoment(text: string, zone: TimeZone): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return undefined
  const at = Date.parse(zone === 'utc' ? `${text}Z` : text)
  return Number.isNaN(at) ? undefined : at
}
