import type { AnalyticsFilter, AnalyticsStore } from './analytics-store.ts'
import { forecastSpend } from './forecast-spend.ts'

const [hourMs, dayMs] = [3_600_000, 86_400_000]
const windowDays = 7

export interface ForecastQuery {
  orgId: string
  filters: readonly AnalyticsFilter[]
  /** Ms since the epoch. */
  now: number
}

export interface Forecast {
  month_to_date_nano_usd: number
  forecast_nano_usd: number
  /** The UTC month, ms since the epoch; `to` is exclusive. */
  from: number
  to: number
}

/** What the UTC month has cost so far, and what it will have cost. */
export async function readForecast(analytics: AnalyticsStore, { now, ...query }: ForecastQuery): Promise<Forecast> {
  const { from, to } = monthOf(now)
  const today = Math.floor(now / dayMs) * dayMs
  const windowFrom = today - windowDays * dayMs
  const end = (Math.floor(now / hourMs) + 1) * hourMs
  // A month back tells a first day from a day without requests.
  const days = await analytics.series({ ...query, from: today - 31 * dayMs, to: end, bucket: 'day' })
  const costs = new Map(days.map(({ at, usage }) => [at, usage.cost_nano_usd]))
  const firstDay = Math.max(days[0]?.at ?? today, windowFrom)
  const fullDays = Array.from(
    { length: Math.max((today - firstDay) / dayMs, 0) },
    (_, index) => firstDay + index * dayMs,
  )
  const monthToDateNanoUsd = days
    .filter(({ at }) => at >= from)
    .reduce((sum, { usage }) => sum + usage.cost_nano_usd, 0)
  const forecast = forecastSpend({
    now,
    to,
    monthToDateNanoUsd,
    dailyNanoUsd: fullDays.map((at) => costs.get(at) ?? 0),
    todayNanoUsd: costs.get(today) ?? 0,
  })
  return { month_to_date_nano_usd: monthToDateNanoUsd, forecast_nano_usd: forecast, from, to }
}

function monthOf(at: number): { from: number; to: number } {
  const date = new Date(at)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  return { from: Date.UTC(year, month), to: Date.UTC(year, month + 1) }
}
