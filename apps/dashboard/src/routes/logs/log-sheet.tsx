import { useQuery } from '@tanstack/react-query'
import { Tabs } from '@cloudflare/kumo/components/tabs'
import type { ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import type { LogRow } from '../../api/wire.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SideSheet } from '../../ui/side-sheet.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { BodyView } from './sheet/body-view.tsx'
import { SheetHeader } from './sheet/sheet-header.tsx'
import { Summary } from './sheet/summary.tsx'
import { useRowKeys } from './use-row-keys.ts'

const tabs = [
  { value: 'summary', label: 'Summary' },
  { value: 'request', label: 'Request' },
  { value: 'response', label: 'Response' },
]

interface LogSheetProps {
  id: string
  tab: string | undefined
  /** The list behind it, for the rows before and after. */
  rows: readonly LogRow[]
  orgId: string
  change(next: { log?: string | undefined; tab?: string | undefined }): void
}

/** One request in full. */
export function LogSheet({ id, tab = 'summary', rows, orgId, change }: LogSheetProps): ReactElement {
  const listed = rows.find((row) => row.id === id)
  const query = apiQuery('GET /logs/:id', { params: { id }, query: { org_id: orgId } })
  const { data: row, error, refetch } = useQuery({ ...query, ...(listed && { initialData: listed, staleTime: 5000 }) })
  const index = rows.findIndex((one) => one.id === id)
  const close = (): void => change({ log: undefined, tab: undefined })
  const goTo = (next: LogRow | undefined): void => {
    if (next) change({ log: next.id })
  }
  return (
    <SideSheet isOpen onClose={close} title="Request" className="w-full md:w-[720px]">
      <SheetKeys rows={rows} id={id} onGo={goTo} />
      {row ? (
        <>
          <SheetHeader
            row={row}
            onClose={close}
            onPrevious={index > 0 ? () => goTo(rows[index - 1]) : undefined}
            onNext={index >= 0 && index < rows.length - 1 ? () => goTo(rows[index + 1]) : undefined}
          />
          <div className="px-5">
            <Tabs
              variant="underline"
              tabs={tabs}
              value={tab}
              onValueChange={(next) => change({ tab: next === 'summary' ? undefined : next })}
            />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto p-5" tabIndex={0}>
            {tab === 'request' || tab === 'response' ? (
              <BodyView key={`${id} ${tab}`} row={row} part={tab} />
            ) : (
              <Summary row={row} />
            )}
          </div>
        </>
      ) : (
        <div className="p-5">
          {error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton className="h-96" />}
        </div>
      )}
    </SideSheet>
  )
}

function SheetKeys({
  rows,
  id,
  onGo,
}: {
  rows: readonly LogRow[]
  id: string
  onGo(row: LogRow | undefined): void
}): null {
  useRowKeys({ rows, currentId: id, onMove: (index) => onGo(rows[index]), onOpen: () => undefined, isInSheet: true })
  return null
}
