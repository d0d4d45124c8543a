import { expect, test } from 'vitest'
import { buildHeaders, GatewayError, headerNames, type GatewayOptions } from './index.ts'

const full: GatewayOptions = {
  authorization: 'gw_abc',
  gatewayId: 'my-gateway',
  metadata: { user: 7, team: 'a', beta: true },
  cacheTtl: 3600,
  skipCache: true,
  cacheKey: 'k',
  collectLog: false,
  collectLogPayload: false,
  eventId: 'e1',
  requestTimeoutMs: 5000,
  retries: { maxAttempts: 3, retryDelayMs: 250, backoff: 'exponential' },
  customCost: { perTokenIn: 0.000001, perTokenOut: 0.000002, perCacheReadToken: 0, perCacheWriteToken: 0.5 },
  byokAlias: 'prod',
  zdr: true,
  noWholesale: true,
  otelTraceId: '0af7651916cd43dd8448eb211c80319c',
  otelParentSpanId: 'b7ad6b7169203331',
  sessionId: 's',
  turnId: 't',
  noSessionAffinity: true,
  allowedModels: ['openai/gpt-5', 'anthropic/claude-opus-4-5'],
  allowedProviders: ['openai'],
  sessionAffinity: 'conversation 1',
  constraints: { max_price: 2, capabilities: ['tools'] },
  freeFallback: false,
  explain: true,
  continueStream: true,
  resumable: true,
}

test('writes every option under its name', () => {
  expect(buildHeaders(full)).toEqual({
    'cf-aig-authorization': 'Bearer gw_abc',
    'cf-aig-gateway-id': 'my-gateway',
    'cf-aig-metadata': '{"user":7,"team":"a","beta":true}',
    'cf-aig-cache-ttl': '3600',
    'cf-aig-skip-cache': 'true',
    'cf-aig-cache-key': 'k',
    'cf-aig-collect-log': 'false',
    'cf-aig-collect-log-payload': 'false',
    'cf-aig-event-id': 'e1',
    'cf-aig-request-timeout': '5000',
    'cf-aig-max-attempts': '3',
    'cf-aig-retry-delay': '250',
    'cf-aig-backoff': 'exponential',
    'cf-aig-custom-cost':
      '{"per_token_in":0.000001,"per_token_out":0.000002,"per_cache_read_token":0,"per_cache_write_token":0.5}',
    'cf-aig-byok-alias': 'prod',
    'cf-aig-zdr': 'true',
    'cf-aig-no-wholesale': 'true',
    'cf-aig-otel-trace-id': '0af7651916cd43dd8448eb211c80319c',
    'cf-aig-otel-parent-span-id': 'b7ad6b7169203331',
    'cf-aig-session-id': 's',
    'cf-aig-turn-id': 't',
    'cf-aig-no-session-affinity': 'true',
    'cf-aig-allowed-models': 'openai/gpt-5,anthropic/claude-opus-4-5',
    'cf-aig-allowed-providers': 'openai',
    'x-session-affinity': 'conversation 1',
    'gw-constraints': '{"max_price":2,"capabilities":["tools"]}',
    'gw-free-fallback': 'off',
    'gw-explain': 'true',
    'gw-continue-stream': 'true',
    'gw-resumable': 'true',
  })
})

test('knows the names of answer headers', () => {
  expect([
    headerNames.logId,
    headerNames.requestId,
    headerNames.runId,
    headerNames.step,
    headerNames.cacheStatus,
    headerNames.keySource,
    headerNames.provider,
    headerNames.error,
    headerNames.requestTimeoutMs,
    headerNames.retryAfter,
  ]).toEqual([
    'cf-aig-log-id',
    'cf-aig-request-id',
    'cf-aig-run-id',
    'cf-aig-step',
    'cf-aig-cache-status',
    'gw-key-source',
    'gw-provider',
    'gw-error',
    'cf-aig-request-timeout',
    'retry-after',
  ])
})

test('sends no credential instead of an undefined one', () => {
  for (const authorization of ['', 'undefined', 'Bearer undefined', 'Bearer ', 'CF_TEMP_TOKEN']) {
    expect(buildHeaders({ authorization })).toEqual({})
  }
})

test('does not write Bearer twice', () => {
  expect(buildHeaders({ authorization: 'Bearer gw_abc' })).toEqual({ 'cf-aig-authorization': 'Bearer gw_abc' })
})

test('writes a bigint as a string of digits, as the published clients do', () => {
  expect(buildHeaders({ metadata: { id: 12345678901234567890n } })).toEqual({
    'cf-aig-metadata': '{"id":"12345678901234567890"}',
  })
})

test('escapes what no header can carry', () => {
  const headers = buildHeaders({ metadata: { name: 'Zoë 🎉\n' } })
  expect(headers).toEqual({ 'cf-aig-metadata': '{"name":"Zo\\u00eb \\ud83c\\udf89\\n"}' })
  expect(() => new Headers(headers)).not.toThrow()
})

const cyclic: Record<string, unknown> = {}
cyclic['self'] = cyclic

const invalid: [field: string, options: object][] = [
  ['authorization', { authorization: 'two words' }],
  ['gatewayId', { gatewayId: 'a'.repeat(65) }],
  ['gatewayId', { gatewayId: 'a/b' }],
  ['metadata', { metadata: { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 } }],
  ['metadata', { metadata: { a: {} } }],
  ['metadata', { metadata: { a: [] } }],
  ['metadata', { metadata: { a: Number.NaN } }],
  ['metadata', { metadata: { a: undefined } }],
  ['metadata', { metadata: { 'cf.user_id': '1' } }],
  ['metadata', { metadata: [] }],
  ['metadata', { metadata: cyclic }],
  ['cacheTtl', { cacheTtl: 59 }],
  ['cacheTtl', { cacheTtl: 2_592_001 }],
  ['cacheTtl', { cacheTtl: -5 }],
  ['cacheTtl', { cacheTtl: 60.5 }],
  ['cacheTtl', { cacheTtl: '60' }],
  ['skipCache', { skipCache: 'true' }],
  ['cacheKey', { cacheKey: '' }],
  ['cacheKey', { cacheKey: 'a\r\nx-evil: 1' }],
  ['cacheKey', { cacheKey: 'a'.repeat(1025) }],
  ['eventId', { eventId: ' padded ' }],
  ['requestTimeoutMs', { requestTimeoutMs: 0 }],
  ['requestTimeoutMs', { requestTimeoutMs: Number.POSITIVE_INFINITY }],
  ['maxAttempts', { retries: { maxAttempts: 0 } }],
  ['maxAttempts', { retries: { maxAttempts: 99 } }],
  ['retryDelayMs', { retries: { retryDelayMs: 60_001 } }],
  ['backoff', { retries: { backoff: 'random' } }],
  ['customCost', { customCost: { perTokenIn: 1 } }],
  ['customCost', { customCost: { perTokenIn: 1, perTokenOut: -1 } }],
  ['customCost', { customCost: { totalCost: 1, perTokenIn: 1, perTokenOut: 1 } }],
  ['otelTraceId', { otelTraceId: 'xyz' }],
  ['otelParentSpanId', { otelParentSpanId: '0'.repeat(17) }],
  ['allowedModels', { allowedModels: [] }],
  ['allowedModels', { allowedModels: ['a,b'] }],
  ['constraints', { constraints: 'cheap' }],
  ['freeFallback', { freeFallback: 'off' }],
]

test.each(invalid)('refuses a bad %s: %j', (field, options) => {
  const error = thrownBy(() => buildHeaders(options))
  expect(error).toBeInstanceOf(GatewayError)
  expect(error).toMatchObject({ code: 'invalid_header', status: 400, detail: { field } })
})

test('names field, value and limit', () => {
  expect(() => buildHeaders({ cacheTtl: 59 })).toThrow(
    'cacheTtl (cf-aig-cache-ttl) must be an integer from 60 to 2592000 s, or 0; got 59.',
  )
})

test('keeps a credential out of the message', () => {
  expect(() => buildHeaders({ authorization: 'my secret' })).toThrow(
    'authorization (cf-aig-authorization) must be ASCII without spaces; got another value.',
  )
})

test('allows a cache time of 0, which means no caching', () => {
  expect(buildHeaders({ cacheTtl: 0 })).toEqual({ 'cf-aig-cache-ttl': '0' })
})

test('passes values past their limit through when it is not strict', () => {
  expect(buildHeaders({ cacheTtl: -5, retries: { maxAttempts: 99 } }, { strict: false })).toEqual({
    'cf-aig-cache-ttl': '-5',
    'cf-aig-max-attempts': '99',
  })
})

test('never writes a line break, strict or not', () => {
  expect(buildHeaders({ cacheKey: 'a\r\nx-evil: 1' }, { strict: false })).toEqual({})
})

function thrownBy(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return undefined
}
