import { expect, test } from 'vitest'
import { createGatewayKeySecret, hashGatewayKey, isGatewayKey } from './gateway-key.ts'

test('a key is gw_ and 43 characters of base64url, and no two are the same', () => {
  const random = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes)
  const [one, two] = [createGatewayKeySecret(random), createGatewayKeySecret(random)]
  expect(one).toMatch(/^gw_[\w-]{43}$/)
  expect(one).not.toBe(two)
  expect(isGatewayKey(one)).toBe(true)
  expect(isGatewayKey('sk-123')).toBe(false)
})

test('hashes with SHA-256 (FIPS 180-2, "abc")', async () => {
  expect(await hashGatewayKey('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
