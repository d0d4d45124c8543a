import type { Budget } from '../budgets/budget.ts'
import { toCounter } from '../budgets/budget-counters.ts'
import type { Deps } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { readCounters } from './read-counters.ts'

/** How a budget stands in its period. */
export interface BudgetState {
  spent_nano_usd: number
  /** Set aside for requests that are under way. */
  reserved_nano_usd: number
  remaining_nano_usd: number
  /** Ms since the epoch; `null`: never. */
  resets_at: number | null
}

/** The states of budgets of one organisation, in their order; empty where the ledger cannot be reached. */
export async function readBudgetStates(
  orgId: string,
  budgets: readonly Budget[],
  { ledgers }: Pick<Deps, 'ledgers'>,
): Promise<BudgetState[]> {
  const states = await readCounters(ledgers.open(ledgerName.budgets(orgId)), budgets.map(toCounter))
  return (states ?? []).map(({ used, held, remaining, resetsAt }) => ({
    spent_nano_usd: used - held,
    reserved_nano_usd: held,
    remaining_nano_usd: remaining,
    resets_at: resetsAt,
  }))
}
