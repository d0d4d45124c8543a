import { describe, expect, test } from 'vitest'
import { findGatewayKey, findUpstreamSecret, withoutGatewayKeys } from './credentials.ts'

const url = new URL('https://gw.test/v1/chat/completions')

describe('findGatewayKey', () => {
  test.each([
    [{ 'cf-aig-authorization': 'Bearer gw_1' }, 'gw_1'],
    [{ 'cf-aig-authorization': 'gw_1' }, 'gw_1'],
    [{ authorization: 'Bearer gw_1' }, 'gw_1'],
    [{ authorization: 'bearer gw_1' }, 'gw_1'],
    [{ 'x-api-key': 'gw_1' }, 'gw_1'],
    [{ 'x-goog-api-key': 'gw_1' }, 'gw_1'],
    [{ 'api-key': 'gw_1' }, 'gw_1'],
    [{ 'xi-api-key': 'gw_1' }, 'gw_1'],
    [{ authorization: 'Token gw_1' }, 'gw_1'],
    [{ 'cf-aig-authorization': 'Bearer other', authorization: 'Bearer gw_1' }, 'other'],
    [{ 'cf-aig-authorization': 'Bearer undefined', authorization: 'Bearer gw_1' }, 'gw_1'],
    [{ authorization: 'Bearer sk-live' }, undefined],
    [{}, undefined],
  ])('%j → %s', (headers, key) => {
    expect(findGatewayKey(new Headers(headers), url)).toBe(key)
  })

  test('is found in the query, where Google and WebSocket clients put keys', () => {
    expect(findGatewayKey(new Headers(), new URL('https://gw.test/x?key=gw_1'))).toBe('gw_1')
    expect(findGatewayKey(new Headers(), new URL('https://gw.test/x?api_key=gw_2'))).toBe('gw_2')
  })
})

describe('findUpstreamSecret', () => {
  test.each([
    [{ authorization: 'Bearer sk-live' }, 'sk-live'],
    [{ authorization: 'Key fal-1' }, 'fal-1'],
    [{ 'x-api-key': 'sk-ant' }, 'sk-ant'],
    [{ authorization: 'Bearer gw_1' }, undefined],
    [{ authorization: 'Bearer CF_TEMP_TOKEN' }, undefined],
    [{ authorization: 'Bearer undefined' }, undefined],
    [{ authorization: '' }, undefined],
  ])('%j → %s', (headers, secret) => {
    expect(findUpstreamSecret(new Headers(headers))?.reveal()).toBe(secret)
  })
})

test('a gateway key in the query stays here, everything else is kept', () => {
  expect(withoutGatewayKeys(new URL('https://gw.test/x?a=1&key=gw_1'))).toBe('?a=1')
  expect(withoutGatewayKeys(new URL('https://gw.test/x?key=gw_1'))).toBe('')
  expect(withoutGatewayKeys(new URL('https://gw.test/x?key=AIza&b=%2F'))).toBe('?key=AIza&b=%2F')
})
