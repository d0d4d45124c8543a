import type { GatewayKey } from './gateway-key.ts'

/** Whether a key may be used; of a rotated key, an old secret counts as `expired` once its time is over. */
export type GatewayKeyState = 'valid' | 'revoked' | 'expired'

/** Judges a key that was found by the hash of a secret, at the moment `now`. */
export function checkGatewayKey(key: GatewayKey, secretHash: string, now: number): GatewayKeyState {
  if (key.revokedAt !== null) return 'revoked'
  if (key.expiresAt !== null && now >= key.expiresAt) return 'expired'
  if (secretHash === key.hash) return 'valid'
  const isOldSecret = secretHash === key.previousHash
  return isOldSecret && key.previousUntil !== null && now < key.previousUntil ? 'valid' : 'expired'
}
