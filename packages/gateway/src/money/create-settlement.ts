import type { UsageSource } from '../logs/log-record.ts'
import { nothing, unknownCost, type AnswerCost } from './cost-of-answer.ts'

/**
 * Where the money of a request stands. An attempt is `reserved` before anything is sent; an answer is `streaming` until
 * its body has ended, however it ends; the last four are final, and are the row's `usage_source`.
 */
export type SettlementState = 'open' | 'reserved' | 'streaming' | UsageSource

/** What may follow a state. Nothing follows a final one: a request is settled once. */
const following: Readonly<Record<SettlementState, readonly SettlementState[]>> = {
  open: ['reserved', 'estimated', 'free_failed'],
  reserved: ['open', 'streaming'],
  streaming: ['reported', 'estimated', 'cached', 'free_failed'],
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
  /** The attempt answers. */
  answer(): void
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
  /** Whether anything counts the request, and what attempts before this one may have cost. */
  let unknown: Held = nothingHeld
  let mayHaveCost = false
  let hasTried = false

  const move = (to: SettlementState): void => {
    if (!following[state].includes(to)) throw new Error(`A request's money cannot go from ${state} to ${to}.`)
    state = to
  }
  const preview = (cost: AnswerCost): SettledMoney => {
    const { list_nano_usd: list, ...rest } = cost
    const known = list === undefined ? rest.cost_nano_usd : (list ?? lower(rest.cost_nano_usd, held.nanoUsd))
    return {
      ...rest,
      charged_nano_usd: total(unknown.nanoUsd, known ?? held.nanoUsd),
      milli_neurons: total(unknown.milliNeurons, rest.milli_neurons ?? held.milliNeurons),
    }
  }

  const drop = ({ mayCost, wasUnderWay = false }: DroppedAttempt): AttemptMoney => {
    move('open')
    hasTried = true
    if (mayCost || wasUnderWay) {
      unknown = {
        nanoUsd: sum(unknown.nanoUsd, held.nanoUsd),
        milliNeurons: sum(unknown.milliNeurons, held.milliNeurons),
      }
    }
    mayHaveCost ||= mayCost
    held = nothingHeld
    return mayCost ? unknownCost : nothing
  }

  return {
    state: () => state,
    hasTried: () => hasTried,
    carried: () => ({ nanoUsd: unknown.nanoUsd ?? 0, milliNeurons: unknown.milliNeurons ?? 0 }),
    reserve: (next) => {
      move('reserved')
      held = next
      unknown = {
        nanoUsd: sum(unknown.nanoUsd, next.nanoUsd === undefined ? undefined : 0),
        milliNeurons: sum(unknown.milliNeurons, next.milliNeurons === undefined ? undefined : 0),
      }
    },
    drop,
    answer: () => move('streaming'),
    preview,
    settle: (cost) => {
      move(cost.usage_source)
      return preview(cost)
    },
    fail: () => {
      if (state === 'reserved') drop({ mayCost: true })
      move(mayHaveCost ? 'estimated' : 'free_failed')
      return preview(mayHaveCost ? unknownCost : nothing)
    },
  }
}

/** A price of the caller's own neither lowers what budgets count nor fills them. */
const lower = (own: number | null, held: number | undefined): number | null =>
  own === null || held === undefined ? own : Math.min(own, held)

const sum = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined && other === undefined ? undefined : (one ?? 0) + (other ?? 0)

/** `null` where nothing counts the request. */
function total(before: number | undefined, now: number | null | undefined): number | null {
  return before === undefined ? null : before + (now ?? 0)
}
