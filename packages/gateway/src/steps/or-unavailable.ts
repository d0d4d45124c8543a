import { GatewayError } from '@gw/headers'
import { LedgerUnavailable } from '../ledger/ledger-unavailable.ts'

/** What must be checked and cannot be is refused. @throws GatewayError `unavailable` for a ledger that cannot be reached */
export function orUnavailable(what: string, detail?: Readonly<Record<string, unknown>>): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof LedgerUnavailable)) throw error
    throw new GatewayError(
      'unavailable',
      `${what} cannot be checked just now, so nothing is done that may cost money. Try again in a few seconds.`,
      { cause: error, retryAfterMs: 2000, ...(detail && { detail }) },
    )
  }
}
