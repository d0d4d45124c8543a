import type { CounterWindow } from './ledger.ts'

/** A counter's window at some time. */
export interface WindowSpan {
  /** Tells windows of different kinds and lengths apart. */
  tag: string
  start: number
  /** The first ms after it; `null`: it has no end. */
  end: number | null
}

const dayMs = 86_400_000

/** The window that holds a time, ms since the epoch. Throws for a length that is not a whole number of ms. */
export function windowOf(window: CounterWindow, at: number): WindowSpan {
  switch (window.kind) {
    case 'fixed':
    case 'sliding': {
      if (!Number.isSafeInteger(window.ms) || window.ms < 1) throw new RangeError('A window is a whole number of ms.')
      return aligned(`${window.kind}-${window.ms}`, window.ms, at)
    }
    case 'day':
      return aligned('day', dayMs, at)
    case 'month': {
      const date = new Date(at)
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
      return { tag: 'month', start: Date.UTC(year, month), end: Date.UTC(year, month + 1) }
    }
    case 'total':
      return { tag: 'total', start: 0, end: null }
  }
}

function aligned(tag: string, ms: number, at: number): WindowSpan {
  const start = Math.floor(at / ms) * ms
  return { tag, start, end: start + ms }
}
