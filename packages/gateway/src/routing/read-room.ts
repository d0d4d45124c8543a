import { mostNeurons } from '@gw/catalog'
import { budgetCounters } from '../budgets/budget-counters.ts'
import type { Deps } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { LedgerUnavailable } from '../ledger/ledger-unavailable.ts'
import type { Counter, CounterState } from '../ledger/ledger.ts'
import { accountOf, neuronCounter } from '../limits/neuron-counter.ts'
import type { Payer } from '../steps/purse.ts'
import type { Measured } from './routable.ts'

/** What is left to spend. The reservation before each attempt decides; this keeps the choice from leading nowhere. */
export interface Room {
  /** Of the hard budget that has the least left; `undefined` without one, or where it cannot be asked. */
  nanoUsd: number | undefined
  /** Whether Workers AI may be used past the day's free neurons. */
  mayPassNeurons: boolean
  /** Whether a request fits the free neurons that are left. */
  fits(model: string, measured: Measured): boolean
}

/** Asks the ledgers that there are, both at once. */
export async function readRoom(
  { caller, account, gateway }: Payer,
  { hasNeurons }: { hasNeurons: boolean },
  deps: Deps,
): Promise<Room> {
  const { userId, gatewayKeyId, orgId } = caller
  const spender = { userId, gatewayKeyId, gatewayId: gateway.id, route: null }
  const budgets = budgetCounters(account.budgets, spender).filter(({ isHard }) => isHard)
  const [states, neurons] = await Promise.all([
    read(ledgerName.budgets(orgId), budgets, deps),
    read(ledgerName.neurons(accountOf(deps)), hasNeurons ? [neuronCounter(deps, true)] : [], deps),
  ])
  const left = neurons[0]?.remaining ?? 0
  return {
    nanoUsd: states.length > 0 ? Math.min(...states.map(({ remaining }) => remaining)) : undefined,
    mayPassNeurons: gateway.settings.neurons_past_limit !== 'error',
    fits: (model, { inputTokens, outputTokens }) => {
      const most = mostNeurons({ inputTokens, outputTokens }, model)
      return most !== undefined && most <= left
    },
  }
}

async function read(ledger: string, counters: readonly Counter[], { ledgers }: Deps): Promise<CounterState[]> {
  if (counters.length === 0) return []
  try {
    return await ledgers.open(ledger).read(counters)
  } catch (error) {
    if (error instanceof LedgerUnavailable) return []
    throw error
  }
}
