import type { ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { formatMoney, formatMoneyShort } from '../../format/money.ts'
import { StatTile, StatTiles } from '../../ui/stat-tile.tsx'
import type { Metric } from './metrics.ts'
import { tilesOf } from './tiles-of.ts'
import { useForecast, type Scope } from './use-analytics.ts'

interface SummaryTilesProps {
  scope: Scope
  summary: Answer<'GET /analytics/summary'> | undefined
  isCompared: boolean
  metric: Metric | undefined
  onMetric(metric: Metric | undefined): void
}

/** The numbers that matter; each chooses what the chart shows. */
export function SummaryTiles({
  scope,
  summary,
  isCompared,
  metric = 'requests',
  onMetric,
}: SummaryTilesProps): ReactElement {
  const forecast = useForecast(scope)
  const previous = isCompared && summary && summary.previous.requests > 0 ? summary.previous : undefined
  return (
    <StatTiles>
      {tilesOf(summary?.current, previous).map(({ id, ...tile }) => (
        <StatTile key={id} {...tile} isPressed={id === metric} onPress={() => onMetric(id)} />
      ))}
      <StatTile
        label="This month’s forecast"
        value={forecast.data ? formatMoneyShort(forecast.data.forecast_nano_usd) : forecast.error ? '–' : undefined}
        note={
          forecast.data && (
            <span title="So far, and the mean of the last seven full days for the rest of the month (UTC)">
              {formatMoney(forecast.data.month_to_date_nano_usd)} so far
            </span>
          )
        }
      />
    </StatTiles>
  )
}
