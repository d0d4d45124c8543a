import type { AlertIncident, Change } from './alert-incident.ts'
import type { RuleKind, Severity } from './alert-rule.ts'

/** What a channel is told of one incident, or that it works. Holds no secret and no prompt. */
export interface AlertMessage {
  /** Of the incident; empty for a test. */
  id: string
  change: Change | 'test'
  severity: Severity
  kind: RuleKind | 'test'
  ruleId: string
  ruleName: string
  orgId: string | null
  subject: string
  message: string
  value: number | null
  threshold: number | null
  startedAt: number
  resolvedAt: number | null
}

/** An incident as it is told. */
export function toMessage(incident: AlertIncident, change: Change): AlertMessage {
  const { id, severity, kind, ruleId, ruleName, orgId, subject, message, value, threshold } = incident
  return {
    id,
    change,
    severity,
    kind,
    ruleId,
    ruleName,
    orgId,
    subject,
    message,
    value,
    threshold,
    startedAt: incident.createdAt,
    resolvedAt: incident.resolvedAt,
  }
}

/** What a test says. */
export function testMessage(orgId: string | null, at: number): AlertMessage {
  return {
    id: '',
    change: 'test',
    severity: 'warning',
    kind: 'test',
    ruleId: '',
    ruleName: 'Test',
    orgId,
    subject: 'test',
    message: 'This is a test. Alerts of the gateway arrive here.',
    value: null,
    threshold: null,
    startedAt: at,
    resolvedAt: null,
  }
}

/** A line for people: how bad it is, what became of it, and what it is. */
export function titleOf({ change, severity, ruleName, orgId }: AlertMessage): string {
  const whose = orgId === null ? 'all organisations' : orgId
  const words: Readonly<Record<AlertMessage['change'], string>> = {
    fired: severity,
    escalated: `now ${severity}`,
    still_firing: `still ${severity}`,
    resolved: 'resolved',
    test: 'test',
  }
  return `[${words[change]}] ${ruleName} · ${whose}`
}
