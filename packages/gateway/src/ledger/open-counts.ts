import type { Counter, CounterState } from './ledger.ts'
import type { Cell, LedgerState } from './ledger-state.ts'
import { windowOf } from './window-of.ts'

/** The cells of one operation: what it reads, and what it changes once it saves. */
export interface Counts {
  state(counter: Counter): CounterState
  /** When `amount` fits at the latest if nothing else happens; `null` when waiting does not help. */
  fitsAt(counter: Counter, amount: number): number | null
  /** Keys of the counters' current cells, each once. */
  keys(counters: readonly Counter[]): string[]
  /** Adds to cells that exist; those whose windows are long over are left alone. */
  change(keys: readonly string[], by: { spent?: number; held?: number }): void
  save(): void
}

/** How long a cell is kept beyond its window, ms, for clocks that go back. */
const graceMs = 60_000

export function openCounts(state: LedgerState, now: number): Counts {
  const cells = new Map<string, Cell | undefined>()
  const changed = new Set<string>()
  const cell = (key: string): Cell | undefined => {
    if (!cells.has(key)) cells.set(key, state.cell(key))
    return cells.get(key)
  }
  const parts = (counter: Counter): Parts => {
    const { tag, start, end } = windowOf(counter.window, now)
    const current = cell(keyOf(tag, start, counter.id)) ?? nothing
    if (counter.window.kind !== 'sliding') return { current, previous: nothing, start, end, left: 0, ms: 1 }
    const { ms } = counter.window
    const previous = cell(keyOf(tag, start - ms, counter.id)) ?? nothing
    return { current, previous, start, end, left: start + ms - now, ms }
  }
  return {
    state: (counter) => stateOf(counter, parts(counter)),
    fitsAt: (counter, amount) => fitsAt(counter, amount, parts(counter)),
    keys: (counters) => {
      const keys = counters.map((counter) => {
        const { tag, start, end } = windowOf(counter.window, now)
        const key = keyOf(tag, start, counter.id)
        if (!cell(key)) cells.set(key, { ...nothing, keepUntil: keepUntil(counter, end) })
        return key
      })
      return [...new Set(keys)]
    },
    change: (keys, { spent = 0, held = 0 }) => {
      for (const key of keys) {
        const old = cell(key)
        if (!old) continue
        cells.set(key, changedCell(old, spent, held))
        changed.add(key)
      }
    },
    save: () => {
      for (const key of changed) {
        const kept = cells.get(key)
        if (kept) state.putCell(key, kept)
      }
    },
  }
}

/** What a counter's number is made of. */
interface Parts {
  current: Cell
  /** Of a sliding window. */
  previous: Cell
  start: number
  end: number | null
  /** How much of the sliding window's previous half still counts: `left` of `ms`. */
  left: number
  ms: number
}

const nothing: Cell = { spent: 0, held: 0, keepUntil: null }

const keyOf = (tag: string, start: number, id: string): string => `${tag} ${start} ${id}`

function keepUntil({ window }: Counter, end: number | null): number | null {
  if (end === null) return null
  return end + graceMs + (window.kind === 'sliding' ? window.ms : 0)
}

function changedCell(old: Cell, spent: number, held: number): Cell {
  const next = {
    spent: Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, old.spent + spent)),
    held: Math.max(0, old.held + held),
    keepUntil: old.keepUntil,
  }
  if (!Number.isSafeInteger(next.held)) throw new RangeError('The holds of a counter are more than it can count.')
  return next
}

function stateOf({ id, limit, window, isHard }: Counter, parts: Parts): CounterState {
  const { current, previous, end, left, ms } = parts
  const held = weighted(previous.held, left, ms) + current.held
  const total = weighted(previous.spent + previous.held, left, ms) + current.spent + current.held
  const used = Math.min(Number.MAX_SAFE_INTEGER, total)
  return { id, limit, window, isHard, used, held, remaining: Math.max(0, limit - used), resetsAt: end }
}

/** `amount * left / ms`, rounded up, so that it compares with integers as the fraction itself would. */
function weighted(amount: number, left: number, ms: number): number {
  if (amount === 0 || left === 0) return 0
  return Number((BigInt(amount) * BigInt(left) + BigInt(ms) - 1n) / BigInt(ms))
}

function fitsAt({ limit, window }: Counter, amount: number, parts: Parts): number | null {
  const { current, previous, start, end, ms } = parts
  if (amount > limit || end === null) return null
  if (window.kind !== 'sliding') return end
  const now = current.spent + current.held
  const room = limit - now - amount
  return room >= 0
    ? start + ms - leftFor(previous.spent + previous.held, room, ms)
    : end + ms - leftFor(now, limit - amount, ms)
}

/** The most that may be left of a window, ms, for its `amount` to weigh no more than `room`. */
function leftFor(amount: number, room: number, ms: number): number {
  if (amount <= room) return ms
  return Number((BigInt(room) * BigInt(ms)) / BigInt(amount))
}
