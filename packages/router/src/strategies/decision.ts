import type { HealthVerdict } from '../health/health-verdict.ts'
import type { Obstacle } from './candidate.ts'
import type { Strategy } from './question.ts'

/** What was chosen, and why nothing else: plain JSON. */
export interface Decision {
  strategy: Strategy
  /** Id of the first of `ranked`; absent when nothing is eligible. */
  chosen?: string
  /** What told the chosen one from its near ties; `score` where it has none. */
  decidedBy?: 'score' | 'incumbent' | 'sticky' | 'price' | 'name'
  /** The eligible, best first. */
  ranked: readonly RankedCandidate[]
  /** The others, by name. */
  rejected: readonly RejectedCandidate[]
}

/** An eligible target with its score and everything that went into it. */
export interface RankedCandidate {
  id: string
  provider: string
  model: string
  /** More is better; comparable within one decision only. */
  score: number
  quality: Rating
  speed: Rating
  /** USD per million blended tokens; absent where unknown. */
  usdPerMillion?: number
  /** Points that the uptime cost: 100 × (0.95 − uptime)², 0 from 95 % on. */
  healthPenalty: number
  /** 0–1. */
  uptime: number
  health: HealthVerdict['status']
}

export interface Rating {
  /** 0–10. */
  value: number
  /** `assumed` is the middle of the scale, for want of anything known. */
  from: 'override' | 'measured' | 'prior' | 'assumed'
}

export interface RejectedCandidate {
  id: string
  provider: string
  model: string
  /** All of them, at least one. */
  reasons: readonly Reason[]
}

export interface Reason {
  code: ReasonCode
  /** A sentence for the user. */
  message: string
  /** Epoch milliseconds, where the reason ends by itself. */
  until?: number
}

export type ReasonCode =
  | Obstacle
  | 'denied'
  | 'not_allowed'
  | 'capability'
  | 'context'
  | 'max_output'
  | 'max_price'
  | 'unknown_price'
  | 'min_quality'
  | 'unknown_quality'
  | 'region'
  | 'zero_retention'
  | 'resting'
