/** A stretch of time, ms since the epoch; `to` is exclusive. */
export interface TimeRange {
  from: number
  to: number
}

/** What of a time range is in the URL: a preset that ends now, or two moments. */
export interface RangeSearch {
  range?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

const hourMs = 3_600_000
const minuteMs = 60_000

/** The stretches that one click chooses. */
export const presets = {
  '1h': { label: 'Last hour', ms: hourMs },
  '24h': { label: 'Last 24 hours', ms: 24 * hourMs },
  '7d': { label: 'Last 7 days', ms: 7 * 24 * hourMs },
  '30d': { label: 'Last 30 days', ms: 30 * 24 * hourMs },
  '90d': { label: 'Last 90 days', ms: 90 * 24 * hourMs },
} as const

export type Preset = keyof typeof presets

export const presetNames: readonly Preset[] = ['1h', '24h', '7d', '30d', '90d']

export const defaultPreset: Preset = '24h'

export function isPreset(text: string | undefined): text is Preset {
  return presetNames.some((name) => name === text)
}

/** What of a URL's search is a time range; anything that is none is left out. */
export function parseRangeSearch(search: Readonly<Record<string, unknown>>): RangeSearch {
  const { range, from, to } = search
  if (typeof range === 'string' && isPreset(range)) return { range }
  const isRange = isMoment(from) && isMoment(to) && Number(from) < Number(to)
  return isRange ? { from: String(from), to: String(to) } : {}
}

function isMoment(value: unknown): boolean {
  return typeof value === 'string' && /^\d{1,16}$/.test(value)
}

/** The stretch that a URL means now; a preset ends with the current minute, so that it is the same for a minute. */
export function resolveRange({ range, from, to }: RangeSearch, now: number): TimeRange {
  if (range === undefined && from !== undefined && to !== undefined) return { from: Number(from), to: Number(to) }
  const end = Math.floor(now / minuteMs) * minuteMs + minuteMs
  return { from: end - presets[isPreset(range) ? range : defaultPreset].ms, to: end }
}

/** Hours for up to four days, else days: what a chart of the stretch can show. */
export function bucketOf({ from, to }: TimeRange): 'hour' | 'day' {
  return to - from <= 96 * hourMs ? 'hour' : 'day'
}

/** The moments of a stretch at which its buckets begin. */
export function bucketsOf({ from, to }: TimeRange, bucket: 'hour' | 'day'): number[] {
  const size = bucket === 'hour' ? hourMs : 24 * hourMs
  const starts: number[] = []
  for (let at = Math.floor(from / size) * size; at < to; at += size) starts.push(at)
  return starts
}
