import { ThumbsDownIcon, ThumbsUpIcon } from '@phosphor-icons/react'
import type { ReactElement, ReactNode } from 'react'
import type { LogRow } from '../../api/wire.ts'
import { formatDuration } from '../../format/duration.ts'
import { formatMoney } from '../../format/money.ts'
import { formatShort } from '../../format/number.ts'
import type { TimeStyle } from '../../format/time.ts'
import type { Names } from '../../names/names.ts'
import { StatusMark } from './status-mark.tsx'
import { tokensOf } from './tokens-of.ts'

/** What cells need beside their row. */
export interface CellTools {
  names: Names
  formatTime(at: number, style: TimeStyle): string
}

/** A column of the log. */
export interface LogColumn {
  id: string
  label: string
  /** A track of a CSS grid. */
  width: string
  /** The least that the track takes, px. */
  minWidth: number
  isNumber?: boolean
  render(row: LogRow, tools: CellTools): ReactNode
}

/** All columns, in their order. */
export const logColumns: readonly LogColumn[] = [
  {
    id: 'time',
    label: 'Time',
    width: '114px',
    minWidth: 114,
    render: (row, { formatTime }) => <span className="tabular-nums">{formatTime(row.created_at, 'second')}</span>,
  },
  { id: 'status', label: 'Status', width: '136px', minWidth: 136, render: (row) => <StatusMark row={row} /> },
  {
    id: 'model',
    label: 'Model',
    width: 'minmax(150px, 2fr)',
    minWidth: 150,
    render: (row) => <ModelCell row={row} />,
  },
  {
    ...numberColumn('tokens', 'Tokens', 96),
    render: ({ usage }) => {
      const { input, output } = tokensOf(usage)
      return input + output === 0 ? '–' : `${formatShort(input)} → ${formatShort(output)}`
    },
  },
  {
    ...numberColumn('cost', 'Cost', 88),
    render: (row) => (row.cost_nano_usd === null ? <Unknown /> : formatMoney(row.cost_nano_usd)),
  },
  { ...numberColumn('duration', 'Duration', 66), render: (row) => formatDuration(row.duration_ms) },
  { ...numberColumn('ttft', 'First token', 74), render: (row) => formatDuration(row.ttft_ms) },
  {
    id: 'key',
    label: 'Gateway key',
    width: 'minmax(90px, 1fr)',
    minWidth: 90,
    render: (row, { names }) => names('gateway_key_id', row.gateway_key_id),
  },
  {
    id: 'user',
    label: 'User',
    width: 'minmax(100px, 1fr)',
    minWidth: 100,
    render: (row, { names }) => (row.user_id === null ? <Nothing /> : names('user_id', row.user_id)),
  },
  {
    id: 'key_source',
    label: 'Key source',
    width: '108px',
    minWidth: 108,
    render: (row) => row.key_source ?? <Nothing />,
  },
  {
    id: 'metadata',
    label: 'Metadata',
    width: 'minmax(160px, 1.5fr)',
    minWidth: 160,
    render: (row) =>
      Object.entries(row.metadata)
        .map(([name, value]) => `${name}:${value}`)
        .join(' ') || <Nothing />,
  },
  { id: 'gateway', label: 'Gateway', width: '108px', minWidth: 108, render: (row) => row.gateway_id },
  { id: 'surface', label: 'Surface', width: '140px', minWidth: 140, render: (row) => row.surface },
  { ...numberColumn('attempts', 'Attempts', 84), render: (row) => row.attempts.length },
  { id: 'feedback', label: 'Feedback', width: '84px', minWidth: 84, render: (row) => <Feedback row={row} /> },
]

function numberColumn(id: string, label: string, minWidth: number): Omit<LogColumn, 'render'> {
  return { id, label, width: `${minWidth}px`, minWidth, isNumber: true }
}

function ModelCell({ row }: { row: LogRow }): ReactElement {
  return (
    <span>
      <span className="font-medium">{row.model ?? row.requested_model ?? 'no model'}</span>
      {row.provider !== null && <span className="pl-1.5 text-kumo-subtle">{row.provider}</span>}
    </span>
  )
}

function Unknown(): ReactElement {
  return <span className="text-kumo-subtle italic">unknown</span>
}

function Nothing(): ReactElement {
  return <span className="text-kumo-subtle">–</span>
}

function Feedback({ row }: { row: LogRow }): ReactElement {
  if (row.feedback === 1) return <ThumbsUpIcon weight="fill" className="size-4 text-kumo-success" aria-label="good" />
  if (row.feedback === -1) return <ThumbsDownIcon weight="fill" className="size-4 text-kumo-danger" aria-label="bad" />
  return <Nothing />
}
