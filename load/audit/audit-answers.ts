import type { Sent } from '../clients/run-clients.ts'
import type { Evidence, Finding } from './evidence.ts'
import { isOverBudget, isOverLimit } from './is-refused.ts'

/** Faults that the caller of a provider need not notice. */
const harmless: ReadonlySet<string> = new Set(['no-usage', 'zero-usage', 'slow:20', 'split:7', 'crlf+comments'])

/** Requests that nothing was done to are answered. */
export function auditAnswers({ sent, rowsOf, rows }: Evidence): Finding {
  const violations: string[] = []
  let calm = 0
  for (const one of sent) {
    const [row] = rowsOf.get(one.planned.id) ?? []
    if (!row || !isCalm(one) || isOverLimit(row) || isOverBudget(row)) continue
    calm += 1
    const { status, ending } = one.got
    if (status === 200 && ending === 'complete' && row.ending === 'complete' && row.success) continue
    violations.push(
      `${one.planned.id} (${one.planned.way}, ${row.provider}) should be answered: status ${status ?? 'none'}, ${ending}; ` +
        `row ${row.status_code}, ${row.ending}, ${row.attempts.at(-1)?.error_code ?? row.error_type}.`,
    )
  }
  const internal = rows.filter((row) => row.status_code === 500 && row.attempts.length === 0)
  for (const row of internal) violations.push(`Row ${row.id} is an error of the gateway's own.`)
  return {
    title: 'what nothing was done to is answered',
    figures: `${calm} requests without a harmful fault, a limit or a leaving client`,
    violations,
  }
}

function isCalm({ planned: { leave, legs } }: Sent): boolean {
  return leave === undefined && legs[0].faults.every((fault) => harmless.has(fault))
}
