import type { AlertMessage } from './alert-message.ts'

/** The body of a webhook for programs; `docs/alerts.md` has the fields. */
export function formatJson(messages: readonly AlertMessage[]): object {
  return {
    type: messages.some(({ change }) => change === 'test') ? 'test' : 'alert',
    alerts: messages.map((message) => ({
      id: message.id,
      change: message.change,
      state: message.change === 'resolved' ? 'resolved' : 'open',
      severity: message.severity,
      kind: message.kind,
      rule_id: message.ruleId,
      rule_name: message.ruleName,
      org_id: message.orgId,
      subject: message.subject,
      message: message.message,
      value: message.value,
      threshold: message.threshold,
      started_at: message.startedAt,
      resolved_at: message.resolvedAt,
    })),
  }
}
