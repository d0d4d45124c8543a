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

test.each<{ title: string; change?: Partial<GatewayKey>; hash?: string; now?: number; state: string }>([
  { title: 'a key is valid', state: 'valid' },
  { title: 'a revoked key is not', change: { revokedAt: 10 }, state: 'revoked' },
  { title: 'a key is valid until it expires', change: { expiresAt: 51 }, state: 'valid' },
  { title: 'a key is not valid from its expiry on', change: { expiresAt: 50 }, state: 'expired' },
  { title: 'a revoked key that has expired is revoked', change: { revokedAt: 10, expiresAt: 20 }, state: 'revoked' },
  { title: 'the new secret of a rotated key is valid', change: rotated, now: 500, state: 'valid' },
  { title: 'the old secret is valid until its time', change: rotated, hash: 'old', now: 99, state: 'valid' },
  { title: 'the old secret is not valid from then on', change: rotated, hash: 'old', now: 100, state: 'expired' },
  { title: 'revoking ends the old secret', change: { ...rotated, revokedAt: 10 }, hash: 'old', state: 'revoked' },
  { title: 'expiry ends the old secret', change: { ...rotated, expiresAt: 20 }, hash: 'old', state: 'expired' },
  { title: 'an old secret without a time is over', change: { previousHash: 'old' }, hash: 'old', state: 'expired' },
  { title: 'a secret that is neither is over', change: rotated, hash: 'older', state: 'expired' },
])('$title', ({ change, hash = 'new', now = 50, state }) => {
  expect(checkGatewayKey({ ...key, ...change }, hash, now)).toBe(state)
})
