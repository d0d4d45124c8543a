import type { LogRecord } from './log-record.ts'

export interface LogPage {
  /** Newest first. */
  data: LogRecord[]
  next_cursor: string | null
}

export interface LogQuery {
  orgId: string
  /** 1–1,000. */
  limit: number
  /** `next_cursor` of the page before. */
  cursor?: string | undefined
  gatewayId?: string | undefined
}

/** What a caller says of an answer afterwards. */
export type LogPatch = Partial<Pick<LogRecord, 'feedback' | 'score' | 'metadata'>>

/** Where log rows are kept. */
export interface LogStore {
  /** Writes rows; a row that is there already is left alone, so that a batch may arrive twice. */
  insert(records: readonly LogRecord[]): Promise<void>
  list(query: LogQuery): Promise<LogPage>
  find(orgId: string, id: string): Promise<LogRecord | undefined>
  /** Changes what a caller may say of a row afterwards; fields that are absent stay. */
  patch(orgId: string, id: string, change: LogPatch): Promise<void>
}
