import { GatewayError } from '@gw/headers'
import type { Period } from '../analytics/split-period.ts'

const [hourMs, dayMs] = [3_600_000, 86_400_000]
const mostDays = 400
const mostHourlyDays = 31

interface Asked {
  from?: number | undefined
  to?: number | undefined
  bucket?: 'hour' | 'day' | undefined
}

/**
 * The whole hours that hold a time; without one, the last 24.
 * @throws GatewayError `invalid_request` where it ends before it begins, or is too long
 */
export function toPeriod({ from, to, bucket }: Asked, now: number): Period {
  const end = Math.ceil((to ?? now) / hourMs) * hourMs
  const begin = from === undefined ? end - dayMs : Math.floor(from / hourMs) * hourMs
  if (begin >= end) throw refusal('to', 'must be later than from, both in ms since the epoch.')
  const days = (end - begin) / dayMs
  if (days > mostDays) throw refusal('from', `a period has at most ${mostDays} days. Ask for it in parts.`)
  if (bucket === 'hour' && days > mostHourlyDays) {
    throw refusal('bucket', `more than ${mostHourlyDays} days do not come by the hour. Use bucket=day.`)
  }
  return { from: begin, to: end }
}

function refusal(param: string, message: string): GatewayError {
  return new GatewayError('invalid_request', `${param}: ${message}`, { detail: { param } })
}
