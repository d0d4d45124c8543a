import type { LogRow } from '../../api/wire.ts'

/** How a row is marked. */
export interface RowStatus {
  tone: 'ok' | 'cached' | 'warning' | 'error'
  label: string
}

const endings: Readonly<Record<string, string>> = {
  truncated: 'cut short',
  client_gone: 'caller left',
  upstream_error: 'provider failed',
}

/** What a row's mark says: the error before the ending, the ending before the cache. */
export function statusOf(
  row: Pick<LogRow, 'success' | 'error_type' | 'status_code' | 'ending' | 'cache_status'>,
): RowStatus {
  if (!row.success) return { tone: 'error', label: `${row.status_code} ${row.error_type ?? 'failed'}` }
  const ending = endings[row.ending]
  if (ending !== undefined) return { tone: 'warning', label: `${row.status_code} ${ending}` }
  if (row.cache_status === 'HIT') return { tone: 'cached', label: `${row.status_code} cached` }
  return { tone: 'ok', label: String(row.status_code) }
}
