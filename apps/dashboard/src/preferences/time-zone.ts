import { formatTime, type TimeStyle, type TimeZone } from '../format/time.ts'
import { createPreference } from './create-preference.ts'

/** Times in the browser's zone, or in UTC, as bills and limits count them. */
export const timeZone = createPreference<TimeZone>({
  key: 'gw.time-zone',
  parse: (text) => (text === 'utc' ? 'utc' : 'local'),
  format: (value) => value,
})

/** `formatTime` in the chosen zone. */
export function useFormatTime(): (at: number, style: TimeStyle) => string {
  const zone = timeZone.use()
  return (at, style) => formatTime(at, style, zone)
}
