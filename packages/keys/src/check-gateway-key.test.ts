import { expect, test } from 'vitest'
import { checkGatewayKey } from './check-gateway-key.ts'
import type { GatewayKey } from './gateway-key.ts'

const key: GatewayKey = {
  id: 'k',
  orgId: 'acme',
  userId: null,
  name: 'k',
  hash: 'new',
  lastFour: 'wxyz',
  createdAt: 0,
  revokedAt: null,
  expiresAt: null,
  scopes: {},
  lastUsedAt: null,
  previousHash: null,
  previousUntil: null,
}
const rotated = { previousHash: 'old', previousUntil: 100 }

test.each<[string, Partial<GatewayKey>, string, number, string]>([
  ['a key is valid', {}, 'new', 50, 'valid'],
  ['a revoked key is not', { revokedAt: 10 }, 'new', 50, 'revoked'],
  ['a key is valid until it expires', { expiresAt: 50 }, 'new', 49, 'valid'],
  ['a key is not valid from its expiry on', { expiresAt: 50 }, 'new', 50, 'expired'],
  ['a revoked key that has expired counts as revoked', { revokedAt: 10, expiresAt: 20 }, 'new', 50, 'revoked'],
  ['the new secret of a rotated key is valid', rotated, 'new', 500, 'valid'],
  ['the old secret of a rotated key is valid until its time', rotated, 'old', 99, 'valid'],
  ['the old secret of a rotated key is not valid from then on', rotated, 'old', 100, 'expired'],
  ['the old secret of a revoked key is not valid', { ...rotated, revokedAt: 10 }, 'old', 50, 'revoked'],
  ['the old secret of an expired key is not valid', { ...rotated, expiresAt: 20 }, 'old', 50, 'expired'],
  ['an old secret without a time is not valid', { previousHash: 'old' }, 'old', 50, 'expired'],
  ['a secret that is neither is not valid', rotated, 'older', 50, 'expired'],
])('%s', (_, change, hash, now, state) => {
  expect(checkGatewayKey({ ...key, ...change }, hash, now)).toBe(state)
})
