import type { LogFilter } from './log-filter.ts'
import type { LogRecord } from './log-record.ts'

export interface LogPage {
  /** Newest first. */
  data: LogRecord[]
  /** Where to go on. A page of filtered rows may be short and yet not the last: rows are looked through in bounded steps. */
  next_cursor: string | null
}

/** How many rows a filtered query looks through at once. */
export const mostScanned = 20_000

export interface LogQuery {
  orgId: string
  /** 1–1,000. */
  limit: number
  /** `next_cursor` of the page before. */
  cursor?: string | undefined
  gatewayId?: string | undefined
  /** Ms since the epoch; `to` is exclusive. */
  from?: number | undefined
  to?: number | undefined
  /** All of them hold. */
  filters?: readonly LogFilter[] | undefined
  /** Words that are all in what a row says of itself. */
  search?: string | undefined
}

/** How many rows succeeded and failed in a part of a period. */
export interface LogCount {
  /** When it begins. */
  at: number
  ok: number
  error: number
}

/** What a caller says of an answer afterwards. */
export type LogPatch = Partial<Pick<LogRecord, 'feedback' | 'score' | 'metadata'>>

/** What of a row its price depends on. */
export type PricedRow = Pick<
  LogRecord,
  'id' | 'created_at' | 'provider' | 'model' | 'usage' | 'usage_source' | 'cost_nano_usd' | 'bill' | 'price_version'
>

export interface PricedQuery {
  orgId: string
  /** Ms since the epoch. */
  from: number
  /** Exclusive. */
  to: number
  /** 1–1,000. */
  limit: number
  /** `next_cursor` of the page before. */
  cursor?: string | undefined
}

export interface PricedPage {
  /** Oldest first. */
  data: PricedRow[]
  next_cursor: string | null
}

/** A row's new cost. */
export type NewCost = Pick<LogRecord, 'id' | 'bill' | 'price_version'> & { cost_nano_usd: number }

/** Where log rows are kept. */
export interface LogStore {
  /** Writes rows; a row that is there already is left alone, so that a batch may arrive twice. */
  insert(records: readonly LogRecord[]): Promise<void>
  list(query: LogQuery): Promise<LogPage>
  /**
   * Counts rows in parts of `bucketMs`, parts without rows left out: of the newest `mostScanned` of the period.
   */
  histogram(query: Omit<LogQuery, 'limit'> & { bucketMs: number }): Promise<LogCount[]>
  find(orgId: string, id: string): Promise<LogRecord | undefined>
  /** Changes what a caller may say of a row afterwards; fields that are absent stay. */
  patch(orgId: string, id: string, change: LogPatch): Promise<void>
  /** Removes rows, whose part of the roll-ups stays. @returns how many there were */
  remove(orgId: string, ids: readonly string[]): Promise<number>
  /** The organisation's rows of a time that name a provider and a model, failed ones left out. */
  listPriced(query: PricedQuery): Promise<PricedPage>
  /**
   * Writes new costs into the organisation's rows; `at` is now, ms since the epoch. Each row keeps the cost that it had
   * first, however often it changes.
   */
  reprice(orgId: string, costs: readonly NewCost[], at: number): Promise<void>
}
