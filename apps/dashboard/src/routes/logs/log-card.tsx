import type { ReactElement } from 'react'
import type { LogRow } from '../../api/wire.ts'
import { formatDuration } from '../../format/duration.ts'
import { formatMoney } from '../../format/money.ts'
import type { CellTools } from './log-columns.tsx'
import { StatusMark } from './status-mark.tsx'

/** A row in two lines, where there is no room for columns. */
export function LogCard({ row, tools }: { row: LogRow; tools: CellTools }): ReactElement {
  return (
    <span role="gridcell" className="flex min-w-0 flex-col gap-0.5">
      <span className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{row.model ?? row.requested_model ?? row.path}</span>
        <span className="tabular-nums">{formatMoney(row.cost_nano_usd)}</span>
      </span>
      <span className="flex items-center gap-3 text-sm text-kumo-subtle">
        <StatusMark row={row} />
        <span className="ml-auto whitespace-nowrap tabular-nums">{formatDuration(row.duration_ms)}</span>
        <span className="whitespace-nowrap tabular-nums">{tools.formatTime(row.created_at, 'dayMinute')}</span>
      </span>
    </span>
  )
}
