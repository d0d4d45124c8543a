import type { CountedBudget, Evidence, Finding, Row } from './evidence.ts'
import { isOverBudget } from './is-refused.ts'

/** What budgets count is what the rows charge, nothing stays held, and no hard limit was ever passed. */
export function auditBudgets({ budgets, rows, isPastMidnight }: Evidence): Finding {
  const judged = budgets.map((budget) =>
    judge(budget, { rows: rows.filter((row) => counts(budget, row)), isPastMidnight }),
  )
  const refused = rows.filter(isOverBudget).length
  return {
    title: 'budgets are what the rows charge',
    figures: `${budgets.length} budgets, ${refused} requests refused\n${judged.map(({ line }) => `    ${line}`).join('\n')}`,
    violations: judged.flatMap(({ violations }) => violations),
  }
}

function counts({ org, scope, scopeId }: CountedBudget, row: Row): boolean {
  if (row.org_id !== org) return false
  if (scope === 'user') return row.user_id === scopeId
  if (scope === 'gateway_key') return row.gateway_key_id === scopeId
  return scope === 'org' || row.gateway_id === scopeId
}

function judge(
  budget: CountedBudget,
  { rows, isPastMidnight }: { rows: readonly Row[]; isPastMidnight: boolean },
): { line: string; violations: string[] } {
  const { name, mode, period, limitNanoUsd: limit, state, mostNanoUsd: seen, looks } = budget
  const charged = rows.map((row) => ({ at: row.created_at + row.duration_ms, nanoUsd: row.charged_nano_usd ?? 0 }))
  const most = charged.toSorted((a, b) => a.at - b.at).reduce((sum, { nanoUsd }) => sum + nanoUsd, 0)
  const violations: string[] = []
  const isAnew = isPastMidnight && period !== 'total'
  if (!isAnew && most !== state.spent_nano_usd)
    violations.push(`${name}: the rows charge ${most} nano-USD, the ledger says ${state.spent_nano_usd}.`)
  if (state.reserved_nano_usd !== 0) violations.push(`${name}: ${state.reserved_nano_usd} nano-USD are still held.`)
  if (mode === 'hard' && !isAnew && most > limit)
    violations.push(`${name}: ${most} nano-USD are charged, the limit is ${limit}.`)
  if (mode === 'hard' && seen > limit)
    violations.push(`${name}: ${seen} nano-USD were spent or held at once, the limit is ${limit}.`)
  const refused = rows.filter(isOverBudget).length
  const share = ((100 * most) / limit).toFixed(1)
  return {
    line:
      `${name} (${mode}, ${budget.scope}, ${period}): ${usd(most)} of ${usd(limit)}, ${share} %; ledger ${usd(state.spent_nano_usd)}, ` +
      `held ${usd(state.reserved_nano_usd)}; at most ${usd(seen)} spent and held in ${looks} looks; ${refused} of ${rows.length} refused`,
    violations,
  }
}

const usd = (nanoUsd: number): string => `$${(nanoUsd / 1e9).toFixed(6)}`
