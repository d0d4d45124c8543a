import type { AttemptRecord, LogRecord } from './log-record.ts'

/** Most characters of a name that a caller or a provider chose. */
const nameLength = 256
const pathLength = 1024
const mostWarnings = 30

/**
 * A row in which every text that somebody else chose has a bound: a queue takes messages up to 128 KB, and a row that it
 * refuses would never arrive.
 * @see https://developers.cloudflare.com/queues/platform/limits/
 */
export function boundRecord(record: LogRecord): LogRecord {
  return {
    ...record,
    path: record.path.slice(0, pathLength),
    gateway_id: record.gateway_id.slice(0, nameLength),
    requested_model: clip(record.requested_model),
    model: clip(record.model),
    warnings: record.warnings.slice(0, mostWarnings).map((warning) => warning.slice(0, nameLength)),
    attempts: record.attempts.map(boundAttempt),
  }
}

function boundAttempt(attempt: AttemptRecord): AttemptRecord {
  return { ...attempt, model: clip(attempt.model), error_code: clip(attempt.error_code) }
}

const clip = (text: string | null): string | null => text?.slice(0, nameLength) ?? null
