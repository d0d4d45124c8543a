import * as z from 'zod'

const message = 'must be dollars from 0 to 9000000, a number or a text such as "12.50", with at most 9 decimals'
const most = 9_000_000n * 1_000_000_000n

/** Dollars, exact to the nano-dollar, as whole nano-dollars. */
export const usdSchema = z.union([z.number(), z.string()], { error: message }).transform((value, context) => {
  const [, whole, decimals = ''] = /^(\d{1,7})(?:\.(\d{1,9}))?$/.exec(toDecimal(value)) ?? []
  const nanoUsd = whole === undefined ? undefined : BigInt(whole) * 1_000_000_000n + BigInt(decimals.padEnd(9, '0'))
  if (nanoUsd !== undefined && nanoUsd <= most) return Number(nanoUsd)
  context.addIssue(message)
  return z.NEVER
})

/** The shortest text that is the same number; small ones without an exponent. */
function toDecimal(value: number | string): string {
  const text = String(value).trim()
  const [, digits, rest = '', places] = /^(\d)(?:\.(\d+))?e-(\d+)$/.exec(text) ?? []
  return digits === undefined ? text : `0.${'0'.repeat(Number(places) - 1)}${digits}${rest}`
}
