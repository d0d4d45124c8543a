import { hashGatewayKey, type GatewayKey } from './gateway-key.ts'

/** What is said of a key when it is made. */
export interface NewGatewayKey extends Pick<GatewayKey, 'id' | 'orgId'> {
  /** The key itself, of which only the hash and the last four characters are kept. */
  secret: string
  /** Default the id. */
  name?: string
  userId?: string | null
  scopes?: GatewayKey['scopes']
  expiresAt?: number | null
  /** Ms since the epoch. Default 0. */
  createdAt?: number
}

/**
 * A new key as it is stored.
 * @example createMemoryKeyStore([await createGatewayKey({ id: 'k', orgId: 'default', secret: env.GATEWAY_KEY })])
 */
export async function createGatewayKey({ id, orgId, secret, ...said }: NewGatewayKey): Promise<GatewayKey> {
  const { name = id, userId = null, scopes = {}, expiresAt = null, createdAt = 0 } = said
  return {
    id,
    orgId,
    userId,
    name,
    hash: await hashGatewayKey(secret),
    lastFour: secret.slice(-4),
    createdAt,
    revokedAt: null,
    expiresAt,
    scopes,
    lastUsedAt: null,
    previousHash: null,
    previousUntil: null,
  }
}
