import { cn } from '@cloudflare/kumo/utils'
import type { ReactElement } from 'react'
import type { LogRow } from '../../../api/wire.ts'
import { formatDuration } from '../../../format/duration.ts'
import { formatMoney } from '../../../format/money.ts'
import { toBars } from './to-bars.ts'

/** Calls to providers along the time of the request. */
export function AttemptsChart({ row }: { row: LogRow }): ReactElement | null {
  if (row.attempts.length === 0) return null
  return (
    <ol className="flex flex-col gap-2">
      {toBars(row).map(({ attempt, startPercent, widthPercent, firstPercent }) => {
        const isOk = attempt.error_type === null
        return (
          <li key={attempt.attempt}>
            <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
              <span className="text-kumo-subtle tabular-nums">{attempt.attempt}</span>
              <span className="font-medium">{attempt.provider}</span>
              <span className="min-w-0 truncate">{attempt.model}</span>
              <span className={cn('ml-auto', isOk ? 'text-kumo-subtle' : 'text-kumo-danger')}>
                {[...new Set([attempt.status_code ?? 'no answer', attempt.error_type, attempt.error_code])]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span className="text-kumo-subtle tabular-nums">{formatDuration(attempt.duration_ms)}</span>
            </p>
            <div className="relative mt-1 h-2 rounded-full bg-kumo-fill">
              <div
                className={cn('absolute inset-y-0 min-w-1 rounded-full', isOk ? 'bg-kumo-brand' : 'bg-kumo-danger')}
                style={{ left: `${startPercent}%`, width: `${widthPercent}%` }}
              />
              {isOk && firstPercent !== undefined && (
                <div
                  className="absolute inset-y-0 w-0.5 bg-kumo-base"
                  style={{ left: `${firstPercent}%` }}
                  title={`First token after ${formatDuration(row.ttft_ms)}`}
                />
              )}
            </div>
            <p className="mt-0.5 text-xs text-kumo-subtle">
              key: {attempt.key_source ?? 'none'}, cost: {formatMoney(attempt.cost_nano_usd)}, usage{' '}
              {attempt.usage_source.replaceAll('_', ' ')}
            </p>
          </li>
        )
      })}
    </ol>
  )
}
