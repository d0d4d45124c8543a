import type { Row } from './evidence.ts'

/** Why the gateway itself sends a request back, before or between attempts. */
const ownCodes: ReadonlySet<string | null> = new Set([
  'budget_exceeded',
  'rate_limited',
  'neurons_exhausted',
  'unavailable',
  'unauthenticated',
  'forbidden',
])

/** The limit of a tier or gateway sent the request back: nothing was tried. */
export const isOverLimit = (row: Row): boolean =>
  row.status_code === 429 && row.error_type === 'rate_limit' && row.attempts.length === 0

/** An attempt that a budget or a limit stopped before anything was sent. */
export const isUnsent = ({ error_code }: Row['attempts'][number]): boolean => ownCodes.has(error_code)

/** A budget stopped the request. */
export const isOverBudget = (row: Row): boolean =>
  row.attempts.some(({ error_code }) => error_code === 'budget_exceeded')
