import { cn } from '@cloudflare/kumo/utils'
import { CaretDownIcon, CaretUpIcon } from '@phosphor-icons/react'
import {
  createSortedRowModel,
  rowSortingFeature,
  sortFns,
  tableFeatures,
  useTable,
  type ColumnDef,
  type Header,
  type RowData,
} from '@tanstack/react-table'
import type { KeyboardEvent, ReactElement, ReactNode } from 'react'
import { Skeleton } from './skeleton.tsx'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns })

/** What every table of the dashboard can do. */
export type TableFeatures = typeof features

/** A column; `meta.align` puts numbers on the right. */
export type Column<T extends RowData> = ColumnDef<TableFeatures, T> & { meta?: { align?: 'right'; className?: string } }

interface DataTableProps<T extends RowData> {
  /** Keep it at module scope or in a memo, as `rows`. */
  columns: readonly Column<T>[]
  /** `undefined` while it is not known yet. */
  rows: readonly T[] | undefined
  rowId(row: T): string
  /** For screen readers. */
  label: string
  onOpen?: ((row: T) => void) | undefined
  /** Shown in place of rows. */
  empty?: ReactNode
  /** How many grey rows stand in while it loads. */
  skeletonRows?: number
}

/** A table that sorts by its heads, and whose rows the keyboard can walk and open. */
export function DataTable<T extends RowData>({
  columns,
  rows,
  rowId,
  label,
  onOpen,
  empty,
  skeletonRows = 5,
}: DataTableProps<T>): ReactElement {
  const table = useTable({ features, columns, data: rows ?? noRows, getRowId: rowId })
  if (rows?.length === 0 && empty !== undefined) return <>{empty}</>
  return (
    <div className="relative overflow-x-auto">
      <table className="w-full border-collapse text-left" aria-label={label} aria-busy={rows === undefined}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} className="border-b border-kumo-hairline">
              {group.headers.map((header) => (
                <HeadCell key={header.id} header={header}>
                  {header.isPlaceholder ? null : <table.FlexRender header={header} />}
                </HeadCell>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {rows === undefined && <SkeletonRows rows={skeletonRows} columns={columns.length} />}
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              {...(onOpen && {
                tabIndex: 0,
                onClick: () => onOpen(row.original),
                onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => onRowKey(event, () => onOpen(row.original)),
              })}
              className={cn(
                'h-10 border-b border-kumo-hairline last:border-0',
                onOpen && 'cursor-pointer -outline-offset-2 hover:bg-kumo-tint focus-visible:bg-kumo-tint',
              )}
            >
              {row.getAllCells().map((cell) => (
                <td
                  key={cell.id}
                  className={cn('px-3 py-1.5 whitespace-nowrap first:pl-4 last:pr-4', alignOf(cell.column.columnDef))}
                >
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const noRows: never[] = []

function alignOf({ meta }: { meta?: { align?: 'right'; className?: string } }): string {
  return cn(meta?.align === 'right' && 'text-right tabular-nums', meta?.className)
}

function HeadCell<T extends RowData>({
  header,
  children,
}: {
  header: Header<TableFeatures, T>
  children: ReactNode
}): ReactElement {
  const sorted = header.column.getIsSorted()
  const Caret = sorted === 'asc' ? CaretUpIcon : CaretDownIcon
  const align = alignOf(header.column.columnDef)
  return (
    <th
      scope="col"
      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
      className={cn('h-9 px-3 text-sm first:pl-4 last:pr-4 font-normal whitespace-nowrap text-kumo-subtle', align)}
    >
      {header.column.getCanSort() ? (
        <button
          type="button"
          className={cn(
            'inline-flex cursor-pointer items-center gap-1 rounded hover:text-kumo-default',
            align.includes('text-right') && 'flex-row-reverse',
          )}
          onClick={header.column.getToggleSortingHandler()}
        >
          {children}
          <Caret className={cn('size-3 shrink-0', !sorted && 'invisible')} aria-hidden />
        </button>
      ) : (
        children
      )}
    </th>
  )
}

function SkeletonRows({ rows, columns }: { rows: number; columns: number }): ReactElement[] {
  return Array.from({ length: rows }, (_, row) => (
    <tr key={row} className="h-10 border-b border-kumo-hairline last:border-0">
      {Array.from({ length: columns }, (__, column) => (
        <td key={column} className="px-3 first:pl-4 last:pr-4">
          <Skeleton className={column === 0 ? 'h-4 w-32' : 'ml-auto h-4 w-12'} />
        </td>
      ))}
    </tr>
  ))
}

function onRowKey(event: KeyboardEvent<HTMLTableRowElement>, open: () => void): void {
  if (event.target !== event.currentTarget) return
  const step = {
    ArrowDown: 'nextElementSibling',
    j: 'nextElementSibling',
    ArrowUp: 'previousElementSibling',
    k: 'previousElementSibling',
  } as const
  if (event.key === 'Enter') {
    event.preventDefault()
    open()
  } else if (event.key in step) {
    event.preventDefault()
    const next = event.currentTarget[step[event.key === 'j' || event.key === 'ArrowDown' ? 'j' : 'k']]
    if (next instanceof HTMLElement) next.focus()
  }
}
