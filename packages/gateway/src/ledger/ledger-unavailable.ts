/** A ledger did not answer in time, or failed. Whether it did what it was asked is not known. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable'
}
