import { useVirtualizer } from '@tanstack/react-virtual'
import { CaretDownIcon, CaretUpIcon } from '@phosphor-icons/react'
import { cn } from '@cloudflare/kumo/utils'
import { useEffect, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'
import type { Model } from '../../models/all-models-query.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useMediaQuery } from '../../ui/use-media-query.ts'
import { ModelCard } from './model-card.tsx'
import { modelColumns, type ModelColumn } from './model-columns.tsx'
import type { ModelsSearch } from './models-search.ts'
import { directionOf, type SortKey } from './select-models.ts'

interface ModelTableProps {
  /** `undefined` while they are not known yet. */
  rows: readonly Model[] | undefined
  search: ModelsSearch
  change(next: ModelsSearch): void
  empty: ReactNode
}

const rowHeight = 38
const cardHeight = 62
const minWidth = 1100
const template = { gridTemplateColumns: modelColumns.map(({ width }) => width).join(' ') }

/** Models; only those in sight are in the document. */
export function ModelTable({ rows, search, change, empty }: ModelTableProps): ReactElement {
  const frame = useRef<HTMLDivElement>(null)
  const isNarrow = useMediaQuery('(max-width: 639px)')
  const virtualizer = useVirtualizer({
    count: rows?.length ?? 0,
    getScrollElement: () => frame.current,
    estimateSize: () => (isNarrow ? cardHeight : rowHeight),
    overscan: 12,
    getItemKey: (index) => rows?.[index]?.id ?? index,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, isNarrow])
  if (rows?.length === 0) return <>{empty}</>
  return (
    <div
      ref={frame}
      role="grid"
      aria-label="Models"
      aria-rowcount={rows?.length ?? -1}
      aria-busy={rows === undefined}
      tabIndex={-1}
      className="relative h-[max(24rem,calc(100dvh-13rem))] overflow-auto rounded-lg -outline-offset-2"
    >
      <div style={{ minWidth: isNarrow ? 0 : minWidth }}>
        <div
          role="row"
          style={template}
          className="sticky top-0 z-10 grid h-9 items-center gap-3 border-b border-kumo-hairline bg-kumo-base px-4 text-sm text-kumo-subtle max-sm:hidden"
        >
          {modelColumns.map((column) => (
            <HeadCell key={column.id} column={column} search={search} change={change} />
          ))}
        </div>
        {rows === undefined && <LoadingRows />}
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ key, index, size, start }) => {
            const model = rows?.[index]
            return (
              model && (
                <div
                  key={key}
                  role="row"
                  aria-rowindex={index + 1}
                  tabIndex={0}
                  onClick={() => change({ model: model.id })}
                  onKeyDown={(event) => onRowKey(event, () => change({ model: model.id }))}
                  className="absolute inset-x-0 grid cursor-pointer items-center gap-3 border-b border-kumo-hairline px-4 text-sm -outline-offset-2 hover:bg-kumo-tint focus-visible:bg-kumo-tint"
                  style={{ ...(!isNarrow && template), height: size, transform: `translateY(${start}px)` }}
                >
                  {isNarrow ? <ModelCard model={model} /> : <Cells model={model} />}
                </div>
              )
            )
          })}
        </div>
      </div>
    </div>
  )
}

function Cells({ model }: { model: Model }): ReactElement[] {
  return modelColumns.map(({ id, isNumber, render }) => (
    <span key={id} role="gridcell" className={cn('truncate', isNumber && 'text-right tabular-nums')}>
      {render(model)}
    </span>
  ))
}

type HeadCellProps = Pick<ModelTableProps, 'search' | 'change'> & { column: ModelColumn }

function HeadCell({ column: { label, sort, isNumber }, search, change }: HeadCellProps): ReactElement {
  const isSorted = sort !== undefined && search.sort === sort
  const direction = isSorted ? directionOf(sort, search.turned === '1') : undefined
  const Caret = direction === 'ascending' ? CaretUpIcon : CaretDownIcon
  return (
    <span role="columnheader" aria-sort={direction} className={isNumber ? 'text-right' : ''}>
      {sort === undefined ? (
        label
      ) : (
        <button
          type="button"
          className={cn(
            'inline-flex cursor-pointer items-center gap-1 rounded whitespace-nowrap hover:text-kumo-default',
            isNumber && 'flex-row-reverse',
          )}
          onClick={() => change(nextSort(sort, search))}
        >
          {label}
          <Caret className={cn('size-3 shrink-0', !isSorted && 'hidden')} aria-hidden />
        </button>
      )}
    </span>
  )
}

/** First the natural way, then the other, then none. */
function nextSort(sort: SortKey, search: ModelsSearch): ModelsSearch {
  if (search.sort !== sort) return { sort, turned: undefined }
  return search.turned === '1' ? { sort: undefined, turned: undefined } : { turned: '1' }
}

function onRowKey(event: KeyboardEvent<HTMLDivElement>, open: () => void): void {
  const { nextElementSibling, previousElementSibling } = event.currentTarget
  const goals: Readonly<Record<string, Element | null>> = {
    ArrowDown: nextElementSibling,
    j: nextElementSibling,
    ArrowUp: previousElementSibling,
    k: previousElementSibling,
  }
  const goal = goals[event.key]
  if (event.key === 'Enter') open()
  else if (goal instanceof HTMLElement) goal.focus()
  else return
  event.preventDefault()
}

function LoadingRows(): ReactElement {
  return (
    <div aria-hidden>
      {Array.from({ length: 14 }, (_, index) => (
        <div key={index} className="flex h-[38px] items-center gap-6 border-b border-kumo-hairline px-4">
          <Skeleton className="h-4 w-64" />
          <Skeleton className="h-4 w-16" />
          <Skeleton className="h-4 w-16" />
          <Skeleton className="h-4 flex-1" />
        </div>
      ))}
    </div>
  )
}
