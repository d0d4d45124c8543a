import type { GatewayKey } from './gateway-key.ts'

/** Where gateway keys are kept. Look-ups go by hash, so that a store never sees a key. */
export interface KeyStore {
  /** The key of a hash, revoked ones included; `undefined` when nobody has it. */
  findByHash(hash: string): Promise<GatewayKey | undefined>
  /** @throws when the id or the hash is taken. */
  add(key: GatewayKey): Promise<void>
  /** False when the organisation has no such key. Revoking twice keeps the first moment. */
  revoke(orgId: string, id: string, at: number): Promise<boolean>
  /** The organisation's keys, newest first. */
  list(orgId: string): Promise<GatewayKey[]>
}
