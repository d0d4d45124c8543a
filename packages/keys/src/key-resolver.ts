import type { Caller } from './gateway-key.ts'
import type { KeySource } from './key-source.ts'
import type { RejectionReason } from './provider-key.ts'
import type { Secret } from './secret.ts'

/** For which call a provider's key is looked for. */
export interface KeyQuery {
  providerId: string
  caller: Caller
  /** The tier of the caller; `null` when there is none. */
  tierId: string | null
  /** Asks for stored keys of this name alone. Default `default`, which looks into the environment too. */
  alias?: string | undefined
  /** Environment variables that may hold the provider's secret. */
  envKeys: readonly string[]
  /** Lists of environment variables that make the secret together. */
  envSets?: readonly (readonly string[])[]
  /** Whether the gateway would call free Workers AI in the end, and why or why not; for `explainKeyResolution` alone. */
  free?: { isPossible: boolean; reason: string }
}

/** A secret with its origin, bound to the one provider that it may be sent to. */
export interface KeyCandidate {
  providerId: string
  source: KeySource
  /** Id of the stored key, `env:<provider>` for one of the environment. */
  keyId: string
  /** `null` for a key of the environment. */
  alias: string | null
  secret: Secret
}

/** The six places where a provider's key may come from, in the order in which they are asked. */
export const keyResolutionLevels = ['user', 'org', 'system_tier', 'system', 'environment', 'free'] as const

export type KeyResolutionLevel = (typeof keyResolutionLevels)[number]

/**
 * `wins`: its keys are tried first. `available`: tried after those. `unusable`: it has keys, and none can be used.
 * `empty`: it has none. `skipped`: it does not apply to this call.
 */
export type LevelOutcome = 'wins' | 'available' | 'unusable' | 'empty' | 'skipped'

/** What a level has for a call, and why it is used or not. */
export interface LevelExplanation {
  level: KeyResolutionLevel
  outcome: LevelOutcome
  /** A sentence. */
  reason: string
  keys: KeyExplanation[]
}

export type KeyOutcome = 'usable' | 'other_alias' | 'disabled' | 'resting' | 'unreadable'

/** What is known of one key of a level. */
export interface KeyExplanation {
  id: string
  alias: string | null
  name: string
  lastFour: string | null
  weight: number | null
  outcome: KeyOutcome
  /** A sentence. */
  reason: string
}

/** What a provider said of a key. */
export interface KeyRefusal {
  reason: RejectionReason
  /** How long the provider asks to wait, where it says so. */
  retryAfterMs?: number | undefined
}

/** Finds the keys to call a provider with. */
export interface KeyResolver {
  /**
   * Every usable key, in the order in which to try them: level by level, within a level at random by weight; where there
   * is none, those that rest, in the same order. Empty when there are none either. @throws UnknownAliasError, and what the store throws.
   */
  resolve(query: KeyQuery): Promise<KeyCandidate[]>
  /** What each of the six levels has, by the same judgement; exactly one wins, or none. @throws what the store throws. */
  explainKeyResolution(query: KeyQuery): Promise<LevelExplanation[]>
  /**
   * Lets a key rest that its provider refused: at once here, and elsewhere through the store. Never throws; that the store
   * failed is reported.
   */
  reject(candidate: KeyCandidate, refusal: KeyRefusal): Promise<void>
  /** Takes the mark of an earlier rejection away after a success; writes only where there is one. Never rejects. */
  accept(candidate: KeyCandidate): Promise<void>
}
