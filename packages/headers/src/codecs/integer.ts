import type { Codec } from '../codec.ts'
import { isAmount, toAmount } from './amount.ts'

/** A whole number that passes a check, which `range` says in words. */
export function integer(range: string, isInRange: (value: number) => boolean): Codec<number> {
  return {
    limit: `an integer ${range}`,
    accepts: (value): value is number => isAmount(value) && Number.isSafeInteger(value) && isInRange(value),
    read: toAmount,
  }
}
