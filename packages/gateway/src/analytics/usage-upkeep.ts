import type { Period } from './split-period.ts'

export interface RebuildQuery extends Period {
  orgId: string
  /** Now, ms since the epoch. */
  at: number
}

/** Deletes what is old, and makes roll-ups anew. */
export interface UsageUpkeep {
  /** How far rows have been deleted for their age, ms since the epoch; roll-ups from before have no rows behind them. */
  deletedBefore(): Promise<number>
  /** Deletes at most `limit` rows from before a time, with their attempts; roll-ups keep them. @returns how many */
  deleteRows(query: { before: number; limit: number }): Promise<number>
  /**
   * Makes the roll-ups of an organisation's whole hours anew from its rows, at once and whole. All hours are of one UTC
   * day, and none of before `deletedBefore`.
   */
  rebuild(query: RebuildQuery): Promise<void>
  /**
   * Deletes at most `limit` rows of a gateway, and with the last of them its part of the roll-ups. @returns how many rows
   */
  removeGateway(query: { orgId: string; gatewayId: string; limit: number }): Promise<number>
}
