import { isRecord } from './is-record.ts'
import { parseShare } from './parse-share.ts'
import type { Finding } from './check-element.ts'

/** More outputs than Cloudflare takes. */
const mostShares = 5

/** What is wrong with the shares of a percentage element. */
export function findShareMistakes(outputs: unknown, path: string): Finding[] {
  const names = isRecord(outputs) ? Object.keys(outputs) : []
  if (names.length === 0) return [{ path, message: 'has no shares, such as {"90%": …, "10%": …}' }]
  const odd = names.filter((name) => name !== 'else' && parseShare(name) === undefined)
  if (odd.length > 0) {
    return odd.map((name) => ({ path: `${path}.${name}`, message: 'is no share: write a number and %, or else' }))
  }
  const sum = round(names.reduce((before, name) => before + (parseShare(name) ?? 0), 0))
  const hasElse = names.includes('else')
  const count = names.length - (hasElse ? 1 : 0)
  return [
    ...(count > mostShares ? [{ path, message: `has ${count} shares; at most ${mostShares}, and else` }] : []),
    ...(!hasElse && sum !== 100 ? [{ path, message: `comes to ${sum} %; the shares must come to 100 %` }] : []),
    ...(hasElse && sum > 100 ? [{ path, message: `comes to ${sum} %; nothing is left for else` }] : []),
  ]
}

/** Without what sums of fractions are off. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6
