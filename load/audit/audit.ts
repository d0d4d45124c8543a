import type { Evidence, Finding } from './evidence.ts'
import { auditAnswers } from './audit-answers.ts'
import { auditBudgets } from './audit-budgets.ts'
import { auditLimits } from './audit-limits.ts'
import { auditMoney } from './audit-money.ts'
import { auditRows } from './audit-rows.ts'
import { auditSecrets } from './audit-secrets.ts'
import { auditUpstream } from './audit-upstream.ts'
import { auditUsage } from './audit-usage.ts'
import { groupBy } from './group-by.ts'
import { markOf } from './mark-of.ts'

/** Holds what is known of a run against itself. `state` is the folder of the gateway's databases, which it has let go of. */
export async function audit(known: Omit<Evidence, 'rowsOf' | 'upstreamOf'>, state: string): Promise<Finding[]> {
  const { rows, upstream } = known
  const rowsOf = groupBy(rows, ({ event_id }) => event_id)
  const upstreamOf = groupBy(upstream, (record) => markOf(record) ?? '')
  const evidence: Evidence = { ...known, rowsOf, upstreamOf }
  return [
    auditRows(evidence),
    auditBudgets(evidence),
    auditUsage(evidence),
    auditLimits(evidence),
    auditMoney(evidence),
    await auditSecrets(evidence, state),
    auditUpstream(evidence),
    auditAnswers(evidence),
  ]
}
