import type { Caller } from '@gw/keys'
import type { Gateway } from '../gateways/gateway-store.ts'
import type { Account } from '../people/account-store.ts'

/** Who spends, and under which limits. */
export interface Payer {
  caller: Caller
  account: Account
  gateway: Gateway
}

/** A payer within one request. */
export interface Purse extends Payer {
  /** Id of the request; all its reservations have it. */
  logId: string
  /** Has work go on that nobody waits for; left alone, it would end with the request. */
  background(work: Promise<unknown>): void
}
