import { expect, test } from 'vitest'
import { headerNames, isGatewayHeader, isPlaceholderSecret } from './index.ts'

test('knows every header that stays between caller and gateway', () => {
  const forwarded = Object.values(headerNames).filter((name) => !isGatewayHeader(name))
  expect(forwarded).toEqual(['x-session-affinity', 'retry-after'])
  expect(['cf-cache-ttl', 'cf-skip-cache', 'cf-aig-future'].every(isGatewayHeader)).toBe(true)
  expect(['authorization', 'cf-ray', 'x-api-key'].some(isGatewayHeader)).toBe(false)
})

test('tells fillers from secrets', () => {
  expect(
    ['', ' ', 'Bearer', 'Bearer undefined', 'CF_TEMP_TOKEN', 'unused', 'Key CF_TEMP_TOKEN', 'Token undefined'].every(
      isPlaceholderSecret,
    ),
  ).toBe(true)
  expect(
    ['sk-1', 'Bearer sk-undefined', 'undefined1', 'bearertoken', 'key', 'token', 'Key sk-1'].some(isPlaceholderSecret),
  ).toBe(false)
})
