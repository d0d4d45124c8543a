import type { UsageSource } from '../logs/log-record.ts'
import { nothing, unknownCost, type AnswerCost } from './cost-of-answer.ts'
import { sumCosts } from './sum-costs.ts'

/**
 * Where the money of a request stands. An attempt is `reserved` before anything is sent; an answer is `streaming` until
 * its body has ended, however it ends, and `broken` while
 * another is to go on with it; the last four are final, and are the row's `usage_source`.
 */
export type SettlementState = 'open' | 'reserved' | 'streaming' | 'broken' | UsageSource

/** What may follow a state. Nothing follows a final one: a request is settled once. */
const following: Readonly<Record<SettlementState, readonly SettlementState[]>> = {
  open: ['reserved', 'streaming', 'estimated', 'free_failed'],
  reserved: ['open', 'streaming'],
  streaming: ['broken', 'reported', 'estimated', 'cached', 'free_failed'],
  broken: ['reserved', 'streaming'],
  reported: [],
  estimated: [],
  cached: [],
  free_failed: [],
}

/** What is set aside for one attempt; `undefined` where no budget counts it. */
export interface Held {
  /** Most that it can cost, nano-USD. */
  nanoUsd: number | undefined
  /** Most that it can use, thousandths of a neuron. */
  milliNeurons: number | undefined
}

/** The money side of a log row. */
export type SettledMoney = Omit<AnswerCost, 'list_nano_usd'> & {
  /** What budgets count; `null` where none did. */
  charged_nano_usd: number | null
}

/** What one attempt without an answer cost. */
export type AttemptMoney = Pick<AnswerCost, 'usage' | 'usage_source' | 'cost_nano_usd'>

export interface DroppedAttempt {
  /** The provider had begun with it, and may charge for it. */
  mayCost: boolean
  /** It was under way when we gave up waiting: it counts as free, but budgets keep what was reserved. */
  wasUnderWay?: boolean
}

/** The money of one request, from its first attempt to its one settlement. */
export interface Settlement {
  state(): SettlementState
  /** An attempt has been made before. */
  hasTried(): boolean
  /** What earlier attempts may have cost; the next reservation has to cover it too. */
  carried(): { nanoUsd: number; milliNeurons: number }
  /** An attempt begins. */
  reserve(held: Held): void
  /** The attempt ended without an answer. */
  drop(failed: DroppedAttempt): AttemptMoney
  /** The attempt answers, or an answer was there already. */
  answer(): void
  /** The answer broke off after it had begun, and another attempt goes on from there. What it cost is part of the whole. */
  breakOff(cost: AnswerCost): void
  /** What `settle` would say now. */
  preview(cost: AnswerCost): SettledMoney
  /** The answer has ended. */
  settle(cost: AnswerCost): SettledMoney
  /** The request ended without an answer. */
  fail(): SettledMoney
}

const nothingHeld: Held = { nanoUsd: undefined, milliNeurons: undefined }

/** @throws Error on a step that does not follow from the state, such as a second settlement. */
export function createSettlement(): Settlement {
  let state: SettlementState = 'open'
  let held = nothingHeld
  const before = createBefore()
  let mayHaveCost = false
  let hasTried = false
  /** What the parts before this one cost. */
  let parts: readonly AnswerCost[] = []

  const move = (to: SettlementState): void => {
    if (!following[state].includes(to)) throw new Error(`A request's money cannot go from ${state} to ${to}.`)
    state = to
  }
  const preview = (cost: AnswerCost): SettledMoney => {
    const { list_nano_usd: _, ...rest } = sumCosts([...parts, cost])
    return {
      ...rest,
      charged_nano_usd: total(before.read().nanoUsd, chargeOf(cost, held) ?? held.nanoUsd),
      milli_neurons: total(before.read().milliNeurons, cost.milli_neurons ?? held.milliNeurons),
    }
  }

  const breakOff = (cost: AnswerCost): void => {
    move('broken')
    hasTried = true
    parts = [...parts, cost]
    before.add(spentOf(cost, held))
    held = nothingHeld
  }

  const drop = ({ mayCost, wasUnderWay = false }: DroppedAttempt): AttemptMoney => {
    move('open')
    hasTried = true
    if (mayCost || wasUnderWay) before.add(held)
    mayHaveCost ||= mayCost
    held = nothingHeld
    return mayCost ? unknownCost : nothing
  }

  return {
    state: () => state,
    hasTried: () => hasTried,
    carried: () => ({ nanoUsd: before.read().nanoUsd ?? 0, milliNeurons: before.read().milliNeurons ?? 0 }),
    reserve: (next) => {
      move('reserved')
      held = next
      before.add({ nanoUsd: next.nanoUsd && 0, milliNeurons: next.milliNeurons && 0 })
    },
    drop,
    breakOff,
    answer: () => move('streaming'),
    preview,
    settle: (cost) => {
      const settled = preview(cost)
      move(settled.usage_source)
      return settled
    },
    fail: () => {
      if (state === 'reserved') drop({ mayCost: true })
      move(mayHaveCost ? 'estimated' : 'free_failed')
      return preview(mayHaveCost ? unknownCost : nothing)
    },
  }
}

/** Whether anything counts the request, and what attempts and parts before this one may have cost. */
function createBefore() {
  let before = nothingHeld
  return {
    read: () => before,
    add: ({ nanoUsd, milliNeurons }: Held): void => {
      before = { nanoUsd: sum(before.nanoUsd, nanoUsd), milliNeurons: sum(before.milliNeurons, milliNeurons) }
    },
  }
}

/** What a part counts for, of what was held for it. */
function spentOf(cost: AnswerCost, held: Held): Held {
  const { nanoUsd, milliNeurons } = held
  return {
    nanoUsd: nanoUsd === undefined ? undefined : (chargeOf(cost, held) ?? nanoUsd),
    milliNeurons: milliNeurons === undefined ? undefined : (cost.milli_neurons ?? milliNeurons),
  }
}

/** What of an answer budgets count; `null` where nobody knows. */
const chargeOf = ({ cost_nano_usd: cost, list_nano_usd: list }: AnswerCost, { nanoUsd }: Held): number | null =>
  list === undefined ? cost : (list ?? lower(cost, nanoUsd))

/** A price of the caller's own neither lowers what budgets count nor fills them. */
const lower = (own: number | null, held: number | undefined): number | null =>
  own === null || held === undefined ? own : Math.min(own, held)

const sum = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined && other === undefined ? undefined : (one ?? 0) + (other ?? 0)

/** `null` where nothing counts the request. */
function total(before: number | undefined, now: number | null | undefined): number | null {
  return before === undefined ? null : before + (now ?? 0)
}
