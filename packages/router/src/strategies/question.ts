import type { Constraints } from './constraints.ts'

/** What is best: the lowest price, the highest speed, the highest quality, or a weighing of the three. */
export type Strategy = 'cheapest' | 'fastest' | 'quality' | 'balanced'

/** What is asked of `rank`. */
export interface Question {
  strategy: Strategy
  /** Capabilities without which the request can't be answered. */
  needs: readonly string[]
  /** Estimate. */
  inputTokens: number
  /** The most that the caller asks for, or an estimate. */
  outputTokens: number
  constraints?: Constraints
  /** The gateway's own values of 0–10, by id or pattern; they replace prior and measured. The longest pattern wins. */
  overrides?: Readonly<Record<string, Override>>
  /** Of `balanced`. Default: 2, 1, 2. */
  weights?: Weights
  /** The id that was chosen before; it stays while it is a near tie with the best. */
  incumbent?: string
  /** Names a conversation: among near ties the same key gets the same target, and keys spread evenly. */
  stickyKey?: string
}

export interface Override {
  quality?: number
  speed?: number
}

export interface Weights {
  quality?: number
  speed?: number
  cost?: number
}
