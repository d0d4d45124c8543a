import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorTypes, formatResponseMeta, parseResponseMeta, type ResponseMeta } from './index.ts'

test("reads Cloudflare's answer headers", () => {
  const headers = new Headers({
    'cf-aig-log-id': '01J',
    'cf-aig-event-id': 'e',
    'cf-aig-request-id': '01J',
    'cf-aig-run-id': 'ab'.repeat(32),
    'cf-aig-step': '1',
    'cf-aig-cache-status': 'HIT',
    'cf-aig-provider': 'openai',
    'cf-aig-model': 'gpt-5',
    'cf-aig-routed-model': 'gpt-5-mini',
    'cf-aig-routing-reason': 'pinned_by_turn',
    'cf-aig-routing-decision-id': 'd',
    'cf-aig-dlp': '{"findings":[],"action":"FLAG"}',
    'retry-after': '20',
  })
  expect(parseResponseMeta(headers)).toEqual({
    logId: '01J',
    eventId: 'e',
    requestId: '01J',
    runId: 'ab'.repeat(32),
    step: 1,
    cacheStatus: 'HIT',
    provider: 'openai',
    model: 'gpt-5',
    routedModel: 'gpt-5-mini',
    routingReason: 'pinned_by_turn',
    routingDecisionId: 'd',
    dlp: { findings: [], action: 'FLAG' },
    retryAfter: 20,
  })
})

test('leaves unreadable values out', () => {
  const headers = {
    'cf-aig-step': 'one',
    'cf-aig-cache-status': 'MAYBE',
    'gw-attempts': '',
    'gw-cost': '1.2.3',
    'gw-error': 'oops',
    'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT',
  }
  expect(parseResponseMeta(headers)).toEqual({})
})

test('prefers the name of the provider that gw reports', () => {
  expect(parseResponseMeta({ 'cf-aig-provider': 'a', 'gw-provider': 'b' })).toEqual({ provider: 'b' })
})

test('writes small costs without an exponent', () => {
  expect(formatResponseMeta({ cost: 0.00000015 })).toEqual({ 'gw-cost': '0.00000015' })
  expect(formatResponseMeta({ cost: 0 })).toEqual({ 'gw-cost': '0' })
  expect(formatResponseMeta({ cost: 100 })).toEqual({ 'gw-cost': '100' })
})

test('parses what it formats', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9./@-]{1,40}$/)
  const meta: fc.Arbitrary<ResponseMeta> = fc.record(
    {
      logId: word,
      step: fc.nat(),
      cacheStatus: fc.constantFrom('HIT' as const, 'MISS' as const),
      provider: word,
      model: word,
      attempts: fc.nat(),
      keySource: word,
      cost: fc.nat().map((nanoUsd) => nanoUsd / 1e9),
      warnings: fc.array(word, { minLength: 1 }),
      capabilities: fc.array(word, { minLength: 1 }),
      error: fc.constantFrom(...errorTypes),
      retryAfter: fc.nat(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(meta, (value) => {
      expect(parseResponseMeta(formatResponseMeta(value))).toEqual(value)
    }),
  )
})
