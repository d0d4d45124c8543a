/** What somebody should hear of. */
export type AlertKind =
  /** A model without a known price answered; its row has no cost. */
  | 'unknown_price'
  /** Limits could not be checked, and requests passed all the same. */
  | 'limits_unchecked'
  /** Budgets could not be checked, and what costs money was refused. */
  | 'budget_unavailable'
  /** A budget refused a request. */
  | 'budget_exceeded'
  /** A budget that only warns was passed. */
  | 'budget_passed'
  /** The day's neurons are used up. */
  | 'neurons_exhausted'
  /** A provider rejected a stored key. */
  | 'key_rejected'

export interface AlertEvent {
  /** `null` for the gateway as a whole. */
  orgId: string | null
  kind: AlertKind
  /** What it is about: a model, a budget's id, a ledger. */
  subject: string
  /** For people. Holds no secret and no prompt. */
  message: string
  /** Ms since the epoch. */
  at: number
}

/** Where events are kept. An event of the same organisation, kind, subject and hour is kept once. */
export interface AlertEventStore {
  add(event: AlertEvent): Promise<void>
  /** The organisation's, newest first; with `null`, those of the gateway as a whole. */
  list(orgId: string | null, limit: number): Promise<AlertEvent[]>
  /** The same since a time, newest first; a thousand at most. */
  listSince(orgId: string | null, since: number): Promise<AlertEvent[]>
  /** Removes what is older. */
  prune(before: number): Promise<void>
}

const hourMs = 3_600_000

/** The same for all events that count as one. */
export function alertEventId({ orgId, kind, subject, at }: AlertEvent): string {
  return JSON.stringify([Math.floor(at / hourMs), orgId, kind, subject])
}
