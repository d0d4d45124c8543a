import type { Usage } from '@gw/catalog'
import type { Deps, Execution } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import type { LogRecord } from '../logs/log-record.ts'
import type { Account } from '../people/account-store.ts'
import { accountOf } from '../limits/neuron-counter.ts'
import { holdMs, type Reservation } from '../steps/reservation.ts'
import { settleRecords } from './settle-records.ts'

/** How often a running request says that it still is, ms. */
const extendMs = holdMs / 3

export interface HoldsOptions {
  /** Of the request. */
  id: string
  deps: Deps
  execution: Execution
}

/** What a request has set aside, wherever that is, until it is settled. */
export function createHolds({ id, deps, execution }: HoldsOptions) {
  let hasMoney = false
  let hasNeurons = false
  let hasTokens = false

  const quietly = (work: Promise<unknown>): void =>
    execution.waitUntil(work.catch((error: unknown) => deps.report(error, id)))

  const extend = (orgId: string): void => {
    if (hasMoney) quietly(deps.ledgers.open(ledgerName.budgets(orgId)).extend(id, holdMs))
    if (hasNeurons) quietly(deps.ledgers.open(ledgerName.neurons(accountOf(deps))).extend(id, holdMs))
  }

  return {
    add: ({ nanoUsd, milliNeurons, tokens }: Reservation): void => {
      hasMoney ||= nanoUsd !== undefined
      hasNeurons ||= milliNeurons !== undefined
      hasTokens ||= tokens !== undefined
    },
    /** Prolongs it while an answer is on its way. */
    keep: (done: Promise<unknown>, orgId: string): void => {
      if (!hasMoney && !hasNeurons) return
      const timer = setInterval(() => extend(orgId), extendMs)
      execution.waitUntil(done.finally(() => clearInterval(timer)))
    },
    /** Where that fails, it is done when the row arrives. */
    settle: (record: LogRecord, account: Account | undefined): void => {
      if (hasMoney || hasNeurons) quietly(settleRecords([record], { ledgers: deps.ledgers, account: accountOf(deps) }))
      if (hasTokens && account) {
        const tier = deps.ledgers.open(ledgerName.tier(account.principal))
        quietly(tier.settle([{ id, amount: tokensOf(record.usage) }]))
      }
    },
  }
}

const tokenClasses = [
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'input_audio',
  'input_image',
  'output',
  'reasoning',
  'output_audio',
  'output_image',
] as const satisfies readonly (keyof Usage)[]

const tokensOf = (usage: Usage): number => tokenClasses.reduce((sum, name) => sum + (usage[name] ?? 0), 0)
