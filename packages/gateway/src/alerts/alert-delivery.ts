import type { AlertMessage } from './alert-message.ts'
import type { Digest } from './alert-rule.ts'

export type DeliveryStatus = 'queued' | 'sent' | 'failed'

/** One message for one channel, and what became of it. */
export interface AlertDelivery {
  /** The same for the same news, so that it is queued once. */
  id: string
  orgId: string | null
  channelId: string
  /** `null` for a test. */
  incidentId: string | null
  message: AlertMessage
  digest: Digest
  status: DeliveryStatus
  attempts: number
  /** Not before, ms since the epoch. */
  dueAt: number
  /** What the channel answered last; `null` where it did not. */
  lastStatusCode: number | null
  lastError: string | null
  createdAt: number
  /** When it was sent, or given up. */
  finishedAt: number | null
}

export interface DeliveryQuery {
  orgId: string | null
  limit: number
  incidentId?: string | undefined
}

/** Where deliveries are kept. */
export interface AlertDeliveryStore {
  /** What is there already stays as it is. */
  add(deliveries: readonly AlertDelivery[]): Promise<void>
  /** The owner's queued ones that are due, the one that waits longest first. */
  listDue(orgId: string | null, now: number, limit: number): Promise<AlertDelivery[]>
  /** When the next queued one of the owner is due. */
  nextDueAt(orgId: string | null): Promise<number | undefined>
  /** Writes what became of it. */
  update(delivery: AlertDelivery): Promise<void>
  /** The owner's, newest first. */
  list(query: DeliveryQuery): Promise<AlertDelivery[]>
  /** Organisations, and the operator (`null`), with deliveries that are due. */
  listWaiting(now: number): Promise<(string | null)[]>
  /** Removes what was finished before a time. */
  prune(before: number): Promise<void>
}
