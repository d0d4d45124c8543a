import { useEffect, useState } from 'react'
import type { LogRow } from '../../api/wire.ts'
import { formatFilters } from '../../filters/filter.ts'
import type { LogScope } from './use-log-rows.ts'

/** Rows that a page keeps of a stream. */
const mostRows = 500

export type LiveState = 'off' | 'connecting' | 'open'

/** Rows as they arrive, newest first, over one stream that goes on where it was interrupted. */
export function useLiveRows({ orgId, query }: LogScope, isOn: boolean): { rows: readonly LogRow[]; state: LiveState } {
  const [rows, setRows] = useState<readonly LogRow[]>([])
  const [isOpen, setIsOpen] = useState(false)
  const filters = formatFilters(query.filters)
  const { words } = query
  useEffect(() => {
    setRows([])
    setIsOpen(false)
    if (!isOn) return undefined
    const params = new URLSearchParams({ org_id: orgId, ...(filters && { filters }), ...(words && { search: words }) })
    const source = new EventSource(`/api/logs/live?${params}`)
    source.addEventListener('open', () => setIsOpen(true))
    source.addEventListener('error', () => setIsOpen(false))
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const row: LogRow = JSON.parse(data)
      setRows((known) => [row, ...known.filter(({ id }) => id !== row.id)].slice(0, mostRows))
    })
    return () => source.close()
  }, [orgId, filters, words, isOn])
  return { rows, state: isOn ? (isOpen ? 'open' : 'connecting') : 'off' }
}
