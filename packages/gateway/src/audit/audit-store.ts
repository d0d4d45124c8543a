/** One change that somebody made through the control plane. */
export interface AuditEntry {
  id: string
  /** Ms since the epoch. */
  at: number
  /** `null` where it concerns the gateway as a whole. */
  orgId: string | null
  actor: AuditActor
  /** What was done: the operation, such as `PATCH /budgets/:id`. */
  action: string
  /** Where, as it was called. */
  path: string
  /** The id of what was changed, where it has one. */
  subject: string | null
  /** What was sent, secrets left out. */
  changes: Record<string, unknown>
  /** HTTP status of the answer. */
  status: number
}

/** Who did it; the name is theirs at that time. */
export interface AuditActor {
  kind: 'operator' | 'user' | 'gateway_key'
  id: string | null
  name: string
}

export interface AuditQuery {
  /** `null` for what concerns the gateway as a whole. */
  orgId: string | null
  /** 1–1,000. */
  limit: number
  /** `next_cursor` of the page before. */
  cursor?: string | undefined
  /** Ms since the epoch; `to` is exclusive. */
  from?: number | undefined
  to?: number | undefined
  /** Id of a user, or `operator`. */
  actor?: string | undefined
  /** Part of the action. */
  action?: string | undefined
}

/** Where changes are written down. Ids are time-ordered. */
export interface AuditStore {
  add(entry: AuditEntry): Promise<void>
  /** Newest first, one more than asked for where there are more. */
  list(query: AuditQuery): Promise<AuditEntry[]>
}
