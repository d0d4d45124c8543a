import type { Counter, CounterState } from './ledger.ts'
import { windowOf } from './window-of.ts'

/** What one isolate lets pass by itself: of each hard counter a tenth of the limit per window, rounded up. */
export interface LocalLimits {
  take(name: string, counters: readonly Counter[]): LocalPermit
}

export interface LocalPermit {
  ok: boolean
  /** What this isolate knows: used and remaining are of its own share. */
  states: CounterState[]
  /** The first hard counter whose share is used up. */
  refused?: CounterState
}

/** Counters whose shares are remembered at most; of more, the ones that were used longest ago start again. */
const mostCounters = 20_000

interface Share {
  start: number
  used: number
}

export function createLocalLimits({ now }: { now(): number }): LocalLimits {
  const shares = new Map<string, Share>()
  const current = (name: string, { id, window }: Counter): [key: string, share: Share] => {
    const { tag, start } = windowOf(window, now())
    const key = JSON.stringify([tag, name, id])
    const share = shares.get(key)
    return [key, share?.start === start ? share : { start, used: 0 }]
  }
  const state = (name: string, counter: Counter): CounterState => {
    const [, { used }] = current(name, counter)
    const { end } = windowOf(counter.window, now())
    return { ...counter, used, held: 0, remaining: Math.max(0, shareOf(counter) - used), resetsAt: end }
  }
  return {
    take: (name, counters) => {
      const full = counters.find((counter) => counter.isHard && state(name, counter).remaining === 0)
      for (const [key, { start, used }] of full ? [] : distinct(counters.map((counter) => current(name, counter)))) {
        shares.delete(key)
        shares.set(key, { start, used: used + 1 })
      }
      for (const key of shares.keys()) {
        if (shares.size <= mostCounters) break
        shares.delete(key)
      }
      const states = counters.map((counter) => state(name, counter))
      return full ? { ok: false, states, refused: state(name, full) } : { ok: true, states }
    },
  }
}

const shareOf = ({ limit }: Counter): number => Math.ceil(limit / 10)

const distinct = (entries: readonly (readonly [string, Share])[]): Map<string, Share> => new Map(entries)
