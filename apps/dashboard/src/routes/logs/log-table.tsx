import { useVirtualizer } from '@tanstack/react-virtual'
import { cn } from '@cloudflare/kumo/utils'
import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react'
import type { LogRow } from '../../api/wire.ts'
import { useNames } from '../../names/use-names.ts'
import { useFormatTime } from '../../preferences/time-zone.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useMediaQuery } from '../../ui/use-media-query.ts'
import { LogCard } from './log-card.tsx'
import type { CellTools, LogColumn } from './log-columns.tsx'
import { useRowKeys } from './use-row-keys.ts'

interface LogTableProps {
  columns: readonly LogColumn[]
  /** `undefined` while they are not known yet. */
  rows: readonly LogRow[] | undefined
  openId: string | undefined
  onOpen(row: LogRow): void
  /** Called near the end. */
  onMore(): void
  hasMore: boolean
  empty: ReactNode
}

const rowHeight = 36
const cardHeight = 58

/** Rows of the log; only those in sight are in the document. */
export function LogTable({ columns, rows, openId, onOpen, onMore, hasMore, empty }: LogTableProps): ReactElement {
  const frame = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<string>()
  const tools: CellTools = { names: useNames(), formatTime: useFormatTime() }
  const isNarrow = useMediaQuery('(max-width: 639px)')
  const count = rows?.length ?? 0
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => (isNarrow ? cardHeight : rowHeight),
    overscan: 12,
    getItemKey: (index) => rows?.[index]?.id ?? index,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, isNarrow])
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && count > 0 && last >= count - 20) onMore()
  }, [hasMore, last, count, onMore])
  useRowKeys({
    rows: rows ?? [],
    currentId: openId ?? current,
    onMove: (index) => {
      setCurrent(rows?.[index]?.id)
      virtualizer.scrollToIndex(index)
    },
    onOpen,
  })
  const template = { gridTemplateColumns: isNarrow ? '1fr' : columns.map(({ width }) => width).join(' ') }
  const minWidth = isNarrow ? 0 : columns.reduce((sum, column) => sum + column.minWidth + 12, 20)
  return (
    <div
      ref={frame}
      role="grid"
      aria-label="Requests"
      aria-rowcount={hasMore ? -1 : count}
      aria-busy={rows === undefined}
      tabIndex={0}
      className="relative h-[max(24rem,calc(100dvh-22rem))] overflow-auto rounded-b-lg -outline-offset-2"
    >
      <div style={{ minWidth }}>
        <div
          role="row"
          style={template}
          className="sticky top-0 z-10 grid h-9 items-center gap-3 border-b border-kumo-hairline bg-kumo-base px-4 text-sm text-kumo-subtle max-sm:hidden"
        >
          {columns.map(({ id, label, isNumber }) => (
            <span key={id} role="columnheader" className={isNumber ? 'text-right' : ''}>
              {label}
            </span>
          ))}
        </div>
        {rows === undefined && <LoadingRows />}
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows?.[item.index]
            if (!row) return null
            const isCurrent = row.id === (openId ?? current)
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 1}
                aria-selected={isCurrent}
                onClick={() => {
                  setCurrent(row.id)
                  onOpen(row)
                }}
                className="absolute inset-x-0 grid cursor-pointer items-center gap-3 border-b border-kumo-hairline px-4 text-sm hover:bg-kumo-tint aria-selected:bg-kumo-tint"
                style={{ ...template, height: item.size, transform: `translateY(${item.start}px)` }}
              >
                {isNarrow ? (
                  <LogCard row={row} tools={tools} />
                ) : (
                  columns.map(({ id, isNumber, render }) => (
                    <span key={id} role="gridcell" className={cn('truncate', isNumber && 'text-right tabular-nums')}>
                      {render(row, tools)}
                    </span>
                  ))
                )}
              </div>
            )
          })}
        </div>
      </div>
      {rows?.length === 0 && empty}
    </div>
  )
}

function LoadingRows(): ReactElement {
  return (
    <div aria-hidden>
      {Array.from({ length: 12 }, (_, index) => (
        <div key={index} className="flex h-9 items-center gap-6 border-b border-kumo-hairline px-4">
          <Skeleton className="h-4 w-28" />
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-4 flex-1" />
          <Skeleton className="h-4 w-20" />
        </div>
      ))}
    </div>
  )
}
