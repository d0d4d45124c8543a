import type { GatewayKey, KeyScopes } from './gateway-key.ts'

/** What of a key can be changed; what is absent stays. */
export interface GatewayKeyChange {
  name?: string
  scopes?: KeyScopes
  expiresAt?: number | null
}

/** A new secret for a key that keeps its id. */
export interface GatewayKeyRotation {
  hash: string
  lastFour: string
  /** Until when the old secret is taken too, ms since the epoch. */
  previousUntil: number
}

/** Where gateway keys are kept. Look-ups go by hash, so that a store never sees a key. */
export interface KeyStore {
  /**
   * The key whose secret, or whose secret before the last rotation, has this hash: revoked and expired ones included, so
   * ask `checkGatewayKey`. `undefined` when nobody has it.
   */
  findByHash(hash: string): Promise<GatewayKey | undefined>
  /** The organisation's key with this id. */
  find(orgId: string, id: string): Promise<GatewayKey | undefined>
  /** The organisation's keys, newest first. */
  list(orgId: string): Promise<GatewayKey[]>
  /** @throws when the id or the hash is taken. */
  add(key: GatewayKey): Promise<void>
  /** False when the organisation has no such key. */
  update(orgId: string, id: string, change: GatewayKeyChange): Promise<boolean>
  /**
   * Gives the key a new secret, which works at once; the one that it had works until `previousUntil`, and one before that
   * no longer. False when the organisation has no such key, or only a revoked one. @throws when the hash is taken.
   */
  rotate(orgId: string, id: string, rotation: GatewayKeyRotation): Promise<boolean>
  /** False when the organisation has no such key. Revoking twice keeps the first moment. */
  revoke(orgId: string, id: string, at: number): Promise<boolean>
  /** Notes when keys were used. The latest moment stays, in whatever order they arrive; unknown ids are passed over. */
  touch(uses: readonly GatewayKeyUse[]): Promise<void>
}

export interface GatewayKeyUse {
  id: string
  /** Ms since the epoch. */
  at: number
}
