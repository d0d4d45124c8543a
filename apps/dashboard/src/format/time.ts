/** Which clock times are shown in. */
export type TimeZone = 'local' | 'utc'

const styles = {
  /** `14:03` */
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  /** `Nov 22, 14:03:09` */
  second: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  /** `Nov 22, 14:03` */
  dayMinute: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  /** `Nov 22` */
  day: { month: 'short', day: 'numeric' },
  /** `Nov 22, 2026, 14:03:09` */
  full: {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

export type TimeStyle = keyof typeof styles

/** A moment, ms since the epoch, in the chosen clock. */
export function formatTime(at: number, style: TimeStyle, zone: TimeZone): string {
  return new Intl.DateTimeFormat('en-US', { ...styles[style], ...(zone === 'utc' && { timeZone: 'UTC' }) }).format(at)
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/**
 * How far a moment is from now.
 * @example formatAgo(now - 120_000, now) // '2 minutes ago'
 */
export function formatAgo(at: number, now: number): string {
  const distance = at - now
  const [unit, size] = units.find(([, length]) => Math.abs(distance) >= length) ?? (['second', 1000] as const)
  return new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' }).format(Math.trunc(distance / size), unit)
}
