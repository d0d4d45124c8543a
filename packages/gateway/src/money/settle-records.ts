import type { LogRecord } from '../logs/log-record.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import type { Ledgers, Settlement } from '../ledger/ledger.ts'

export interface SettleOptions {
  ledgers: Ledgers
  /** The Cloudflare account whose free neurons are counted. */
  account: string
}

/** One that is none must not keep the others from being settled. */
const isAmount = (amount: number): boolean => Number.isSafeInteger(amount) && amount >= 0

/**
 * Tells the ledgers what finished requests have spent. A ledger counts each request once, so that this may be said again:
 * when the request ends, and when its row arrives. @throws LedgerUnavailable
 */
export async function settleRecords(records: readonly LogRecord[], { ledgers, account }: SettleOptions): Promise<void> {
  const settlements = new Map<string, Settlement[]>()
  const add = (ledger: string, settlement: Settlement): void => {
    settlements.set(ledger, [...(settlements.get(ledger) ?? []), settlement])
  }
  for (const { id, org_id: orgId, charged_nano_usd: nanoUsd, milli_neurons: milliNeurons } of records) {
    if (nanoUsd !== null && isAmount(nanoUsd)) add(ledgerName.budgets(orgId), { id, amount: nanoUsd })
    if (milliNeurons !== null && isAmount(milliNeurons)) add(ledgerName.neurons(account), { id, amount: milliNeurons })
  }
  await Promise.all([...settlements].map(([ledger, list]) => ledgers.open(ledger).settle(list)))
}
