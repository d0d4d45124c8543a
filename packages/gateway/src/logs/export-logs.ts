import type { LogRecord } from './log-record.ts'
import type { LogQuery, LogStore } from './log-store.ts'

export type ExportFormat = 'ndjson' | 'csv'

/** Media types of the formats. */
export const exportTypes = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
} as const satisfies Record<ExportFormat, string>

/** Rows of one read. */
const pageSize = 500

/** Fields of a row that fit into a cell. */
const columns = [
  'id',
  'created_at',
  'gateway_id',
  'gateway_key_id',
  'user_id',
  'event_id',
  'surface',
  'path',
  'requested_model',
  'provider',
  'model',
  'stream',
  'status_code',
  'success',
  'error_type',
  'ending',
  'cache_status',
  'duration_ms',
  'ttft_ms',
  'usage',
  'usage_source',
  'cost_nano_usd',
  'saved_nano_usd',
  'key_source',
  'metadata',
  'feedback',
  'score',
] as const satisfies readonly (keyof LogRecord)[]

/** All rows that match, newest first, read while they are sent. */
export function exportLogs(
  query: Omit<LogQuery, 'limit'>,
  format: ExportFormat,
  logs: Pick<LogStore, 'list'>,
): Response {
  const encoder = new TextEncoder()
  const write = format === 'csv' ? toCsvLine : toJsonLine
  let cursor: string | undefined
  let isFirst = true
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { data, next_cursor } = await logs.list({ ...query, limit: pageSize, cursor })
      const head = isFirst && format === 'csv' ? `${columns.join(',')}\r\n` : ''
      isFirst = false
      controller.enqueue(encoder.encode(head + data.map(write).join('')))
      if (next_cursor === null) controller.close()
      else cursor = next_cursor
    },
  })
  return new Response(body, {
    headers: {
      'content-type': exportTypes[format],
      'content-disposition': `attachment; filename="logs.${format}"`,
      'cache-control': 'no-store',
    },
  })
}

function toJsonLine(record: LogRecord): string {
  return `${JSON.stringify(record)}\n`
}

/** @see https://www.rfc-editor.org/rfc/rfc4180 */
function toCsvLine(record: LogRecord): string {
  return `${columns.map((column) => toCell(record[column])).join(',')}\r\n`
}

/** A text that a spreadsheet would take for a formula is kept a text. */
function toCell(value: unknown): string {
  if (value === null) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
