import {
  budgetCounters,
  createMemoryAccountStore,
  ledgerName,
  type Budget,
  type Deps,
  type LogRecord,
} from '@gw/gateway'
import { env } from 'cloudflare:test'
import { vi } from 'vitest'
import { createLedgers } from '../../src/create-ledgers.ts'
import { startGateway } from '../start-gateway.ts'

/** Real ledgers, which a test may make fail. */
const ledgers = createLedgers(env)

/** A gateway whose callers have a hard budget of a dollar and a tier of 1,000 requests a day; both are counted by objects of their own. */
export async function startCountedGateway(change: (deps: Deps) => Partial<Deps> = () => ({})) {
  const id = crypto.randomUUID()
  const budget: Budget = {
    id: `budget-${id}`,
    orgId: 'default',
    name: 'Test',
    scope: 'org',
    scopeId: null,
    period: 'total',
    limitNanoUsd: 1_000_000_000,
    mode: 'hard',
    createdAt: 0,
    disabledAt: null,
  }
  const tier = { id: 'T', name: 'Test', requestsPerDay: 1000, requestsPerMinute: null, tokensPerMinute: null }
  const principal = { kind: 'org', id } as const
  const gateway = await startGateway((deps) => {
    const accounts = createMemoryAccountStore({ tier, principal, budgets: [budget] })
    return { accounts, report: () => undefined, ...change({ ...deps, accounts }) }
  })
  const spender = { userId: null, gatewayKeyId: '', gatewayId: '', route: null }
  const readBudget = async () => {
    const [state] = await ledgers.open(ledgerName.budgets('default')).read(budgetCounters([budget], spender))
    if (!state) throw new Error('The budget has no state.')
    return state
  }
  return {
    ...gateway,
    readBudget,
    /** What the budget counts once nothing is set aside any more. */
    spent: (): Promise<number> =>
      vi.waitFor(async () => {
        const { used, held } = await readBudget()
        if (held > 0) throw new Error(`${held} nano-USD are still set aside.`)
        return used
      }),
    /** Requests that the tier has counted. */
    permits: async (): Promise<number> => {
      const counter = { id: 'requests_per_day', limit: 1000, window: { kind: 'day' }, isHard: true } as const
      const [state] = await ledgers.open(ledgerName.tier(principal)).read([counter])
      return state?.used ?? 0
    },
    /** The one row of this gateway's key. */
    onlyRow: (): Promise<LogRecord> =>
      vi.waitFor(
        async () => {
          const [row, ...others] = await gateway.rows()
          if (!row || others.length > 0) throw new Error(`There are ${others.length + (row ? 1 : 0)} rows.`)
          return row
        },
        { timeout: 5000, interval: 50 },
      ),
  }
}
