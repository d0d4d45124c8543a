import type { ErrorType } from '@gw/headers'
import type { AlertKind } from './alert-event.ts'

/**
 * What a rule looks at. A value is compared with thresholds; its unit depends on the kind. All kinds of `AlertEvent` are
 * kinds of rules too: their value is 1 while there are such events.
 */
export type RuleKind =
  /** Dollars of the current hour. */
  | 'spend_per_hour'
  /** Share of requests that failed, 0–1. */
  | 'error_rate'
  /** Requests that failed in one way. */
  | 'error_pattern'
  /** For each target the share of attempts that failed, 0–1; 1 while it rests. */
  | 'model_health'
  /** For each budget the share that is spent, 0–1 and above. */
  | 'budget_used'
  /** The share of the day's neurons that is used, 0–1. */
  | 'neurons'
  /** Minutes without a request, where there were some before. */
  | 'no_data'
  | AlertKind

export type Severity = 'warning' | 'critical'

/** Requests that a rule is about; all fields that are set must hold. */
export interface AlertFilter {
  gateway_id?: string | undefined
  provider?: string | undefined
  model?: string | undefined
  user_id?: string | undefined
  gateway_key_id?: string | undefined
}

/** When somebody is told: at once, or together with others at the next full hour or UTC day. */
export type Digest = 'immediately' | 'hourly' | 'daily'

/** What somebody wants to hear of, and how. */
export interface AlertRule {
  id: string
  /** `null` for the operator's, which are about all organisations together. */
  orgId: string | null
  name: string
  kind: RuleKind
  isEnabled: boolean
  filter: AlertFilter
  /** Of `error_pattern`; `null` for any. */
  errorType: ErrorType | null
  /** From which value on the rule holds; `null`: never with that severity. */
  warning: number | null
  critical: number | null
  /** How long requests and events count, ms. */
  windowMs: number
  /** With fewer requests in the window, a rate says nothing. */
  leastRequests: number
  /** Of the same thing nobody hears more often, unless it gets worse or is over. Ms. */
  cooldownMs: number
  /** Ids of channels; `null` for all that its owner has. */
  channels: readonly string[] | null
  digest: Digest
  /** Whether the end is told too. */
  notifyResolved: boolean
  /** Ms since the epoch; 0 for a rule that is there by default. */
  createdAt: number
  updatedAt: number
}

/** Where rules are kept; those that are there by default only where they were changed. */
export interface AlertRuleStore {
  /** The owner's, oldest first. */
  list(orgId: string | null): Promise<AlertRule[]>
  /** Takes the place of the owner's rule with the same id. */
  save(rule: AlertRule): Promise<void>
  /** False when the owner has no such rule. */
  remove(orgId: string | null, id: string): Promise<boolean>
  /** Organisations that have an enabled rule of a kind. */
  ownersOf(kind: RuleKind): Promise<string[]>
}
