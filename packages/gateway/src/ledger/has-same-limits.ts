import type { Counter } from './ledger.ts'

/** Of counters that are the same otherwise. */
export function hasSameLimits(some: readonly Counter[], others: readonly Counter[]): boolean {
  return some.every(({ limit, isHard }, index) => limit === others[index]?.limit && isHard === others[index].isHard)
}
