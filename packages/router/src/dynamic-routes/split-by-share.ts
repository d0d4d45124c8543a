import type { PercentageElement } from './route-element.ts'
import { parseShare } from './parse-share.ts'
import { stickyNumber } from './sticky-number.ts'

/**
 * Where a percentage element leads for a key: of many keys, each output gets its share, and a key goes the same way as
 * long as its shares stay. Each target draws a lot for the key, weighed by its share (rendezvous hashing), so that when
 * shares change only the keys move that have to: of two, 10 % → 20 % moves every tenth.
 */
export function splitByShare({ id, outputs }: PercentageElement, key: string): string | undefined {
  const sum = Object.keys(outputs).reduce((before, name) => before + (parseShare(name) ?? 0), 0)
  const shares = new Map<string, number>()
  for (const [name, { elementId }] of Object.entries(outputs)) {
    const share = parseShare(name) ?? Math.max(0, 100 - sum)
    shares.set(elementId, (shares.get(elementId) ?? 0) + share)
  }
  let best: { target: string; lot: number } | undefined
  for (const [target, share] of shares) {
    if (share === 0) continue
    const lot = -Math.log(stickyNumber(JSON.stringify([id, target, key]))) / share
    if (!best || lot < best.lot) best = { target, lot }
  }
  return best?.target
}
