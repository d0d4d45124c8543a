import type { Codec } from '../codec.ts'

/** Whether a value is a number that money, time or size can have: finite and not negative. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Infinity
}

/** Decimal digits, without sign or exponent, as a number; any other text as it is. */
export function toAmount(text: string): unknown {
  return /^[\d.]+$/.test(text) ? Number(text) : text
}

/** A non-negative number, written with at most twelve decimals. */
export const amount: Codec<number> = {
  limit: 'a number of at least 0',
  accepts: isAmount,
  read: toAmount,
  write: (value) =>
    Number(value)
      .toFixed(12)
      .replace(/\.?0+$/, ''),
}
