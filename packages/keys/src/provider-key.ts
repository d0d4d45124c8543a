import type { SealedSecret } from './vault.ts'

/** Whose a stored provider key is: a user's, an organisation's, or the operator's, for one tier or for all. */
export type KeyLevel = 'user' | 'org' | 'system_tier' | 'system'

/** A provider's key as it is stored: the secret is sealed by the vault. */
export interface ProviderKey {
  id: string
  level: KeyLevel
  /** Set on the levels `user` and `org`. */
  orgId: string | null
  /** Set on the level `user`: the key serves this user within the organisation. */
  userId: string | null
  /** Set on the level `system_tier`. */
  tierId: string | null
  providerId: string
  /** By which callers ask for it; `default` serves whoever asks for none. */
  alias: string
  name: string
  /** Its share of the calls among the keys of its level and alias, 1–1000. */
  weight: number
  /** Last four characters, to recognise it by. */
  lastFour: string
  sealed: SealedSecret
  /** Ms since the epoch. */
  createdAt: number
  updatedAt: number
  disabledAt: number | null
  rejection: KeyRejection | null
}

/** That a provider refused a key, and until when the key rests. */
export interface KeyRejection {
  reason: RejectionReason
  at: number
  until: number
}

/** Refused as wrong, or as used up. */
export type RejectionReason = 'auth' | 'quota_exceeded' | 'rate_limit'

/** Whose provider keys: an organisation's (its users' included), or the operator's. */
export type KeyOwner = { orgId: string } | { system: true }
