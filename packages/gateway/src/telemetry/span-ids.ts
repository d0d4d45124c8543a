import type { LogRecord } from '../logs/log-record.ts'

const digits = 16n
const all = (1n << (digits * 4n)) - 1n

/** The caller's trace; else the row's id, which is 32 digits in hex already. */
export function traceIdOf({ id, trace }: Pick<LogRecord, 'id' | 'trace'>): string {
  return trace?.trace_id?.toLowerCase() ?? hexOf(id).padStart(32, '0').slice(-32)
}

/** Span 0 is the request, the others its attempts. The same each time, so that a row which arrives twice is one span. */
export function spanIdOf({ id }: Pick<LogRecord, 'id'>, index: number): string {
  const own = BigInt(`0x${hexOf(id).slice(-16)}`)
  // An id must not be zero.
  return ((own + BigInt(index)) & all || 1n).toString(16).padStart(16, '0')
}

const hexOf = (id: string): string => id.toLowerCase().replaceAll(/[^0-9a-f]/g, '') || '1'
