/** One series of a chart. */
export interface Series {
  id: string
  label: string
  colour: string
  /** One for each bucket; `null` leaves a gap. */
  values: readonly (number | null)[]
  /** Drawn as a dashed line behind the others. */
  isGhost?: boolean
}

/** What a chart over time shows. */
export interface ChartData {
  /** Beginnings of the buckets, ms since the epoch. */
  buckets: readonly number[]
  bucket: 'minute' | 'hour' | 'day'
  series: readonly Series[]
  /** Stacked bars for what adds up, lines for what does not. */
  kind: 'bars' | 'lines'
  format(value: number): string
  /** The least step of the axis, such as 1 for what is counted. */
  minStep?: number
}
