import type { RuleKind, Severity } from './alert-rule.ts'

/** What became of something that a rule holds of. */
export type Change =
  /** It began. */
  | 'fired'
  /** It got critical. */
  | 'escalated'
  /** It still holds, and the cooldown is over. */
  | 'still_firing'
  | 'resolved'

/** A rule that holds, or held, of one subject: open from the first time until it is over. */
export interface AlertIncident {
  id: string
  orgId: string | null
  ruleId: string
  /** As they were when it was last seen, so that history stays readable. */
  ruleName: string
  kind: RuleKind
  /** What it is about: `all`, a filter, a model, a budget's id. */
  subject: string
  severity: Severity
  /** For people. Holds no secret and no prompt. */
  message: string
  value: number | null
  /** The one that was reached. */
  threshold: number
  createdAt: number
  /** When it was last seen to hold, or was resolved. */
  updatedAt: number
  resolvedAt: number | null
  /** When somebody was told last, and of what. */
  notifiedAt: number | null
  notifiedSeverity: Severity | null
  /** Whether the last that was told of it is that it holds. */
  isTold: boolean
  /** How often somebody was told. */
  notices: number
  /** What is to be told, and is not queued yet. */
  notice: { change: Change; at: number } | null
  acknowledgedAt: number | null
  acknowledgedBy: string | null
}

export type IncidentState = 'open' | 'acknowledged' | 'resolved'

export interface IncidentQuery {
  orgId: string | null
  limit: number
  state?: IncidentState | undefined
  /** Only those that come after this one. */
  after?: Pick<AlertIncident, 'createdAt' | 'id'> | undefined
}

/** Where incidents are kept. */
export interface AlertIncidentStore {
  /** The owner's that are open, or were seen since a time. */
  listSince(orgId: string | null, since: number): Promise<AlertIncident[]>
  /** The owner's, the one that began last first. */
  list(query: IncidentQuery): Promise<AlertIncident[]>
  find(orgId: string | null, id: string): Promise<AlertIncident | undefined>
  /** Makes it, or writes what was seen of it. Who acknowledged it stays. */
  save(incident: AlertIncident): Promise<void>
  /** What of an open incident was to be told is queued. */
  clearNotice(id: string, notices: number): Promise<void>
  /** False when the owner has no open incident with this id. */
  acknowledge(orgId: string | null, id: string, by: { name: string; at: number }): Promise<boolean>
  /** Open incidents of an owner, by severity. */
  countOpen(): Promise<{ orgId: string | null; severity: Severity; incidents: number }[]>
  /** Removes what was resolved before a time. */
  prune(before: number): Promise<void>
}

/** How it stands. */
export function stateOf({ resolvedAt, acknowledgedAt }: AlertIncident): IncidentState {
  if (resolvedAt !== null) return 'resolved'
  return acknowledgedAt === null ? 'open' : 'acknowledged'
}
