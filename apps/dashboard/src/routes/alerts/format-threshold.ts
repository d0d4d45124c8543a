import { formatMoney } from '../../format/money.ts'
import { formatCount, formatPercent } from '../../format/number.ts'

/** What a threshold may be in. */
export type ThresholdUnit = 'usd' | 'share' | 'requests' | 'minutes' | 'event'

/** A threshold for people. */
export function formatThreshold(value: number | null, unit: ThresholdUnit): string {
  if (value === null) return '–'
  if (unit === 'usd') return formatMoney(value * 1e9)
  if (unit === 'share') return formatPercent(value)
  if (unit === 'minutes') return `${formatCount(value)} min`
  return unit === 'event' ? 'when it happens' : formatCount(value)
}
