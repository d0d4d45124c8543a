import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildHeaders, parseHeaders, type GatewayOptions } from './index.ts'

const word = fc.stringMatching(/^[!-~]{1,40}$/)
const listWord = fc.stringMatching(/^[A-Za-z0-9@./:-]{1,40}$/)
const amount = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0)
const metadataValue = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.boolean(),
  fc.constant(null),
)
const retries = fc
  .record(
    {
      maxAttempts: fc.integer({ min: 1, max: 5 }),
      retryDelayMs: fc.integer({ min: 0, max: 60_000 }),
      backoff: fc.constantFrom('constant' as const, 'linear' as const, 'exponential' as const),
    },
    { requiredKeys: [] },
  )
  .filter((value) => Object.keys(value).length > 0)
const customCost = fc.oneof(
  fc.record(
    { perTokenIn: amount, perTokenOut: amount, perCacheReadToken: amount, perCacheWriteToken: amount },
    { requiredKeys: ['perTokenIn', 'perTokenOut'] },
  ),
  fc.record({ totalCost: amount }),
)
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`))

/** Options in canonical form: no bigint, no empty `retries`, no placeholder for a credential. */
const options: fc.Arbitrary<GatewayOptions> = fc.record(
  {
    authorization: fc.stringMatching(/^gw_[A-Za-z0-9]{1,40}$/),
    gatewayId: fc.stringMatching(/^[\w-]{1,64}$/),
    metadata: fc.dictionary(
      fc.string().filter((key) => !key.startsWith('cf.') && key !== '__proto__'),
      metadataValue,
      { maxKeys: 5, noNullPrototype: true },
    ),
    cacheTtl: fc.oneof(fc.constant(0), fc.integer({ min: 60, max: 2_592_000 })),
    skipCache: fc.boolean(),
    cacheKey: word,
    collectLog: fc.boolean(),
    collectLogPayload: fc.boolean(),
    eventId: word,
    requestTimeoutMs: fc.integer({ min: 1, max: 2_147_483_647 }),
    retries,
    customCost,
    byokAlias: word,
    zdr: fc.boolean(),
    noWholesale: fc.boolean(),
    otelTraceId: hex(32),
    otelParentSpanId: hex(16),
    sessionId: word,
    turnId: word,
    noSessionAffinity: fc.boolean(),
    allowedModels: fc.array(listWord, { minLength: 1 }),
    allowedProviders: fc.array(listWord, { minLength: 1 }),
    sessionAffinity: word,
    constraints: fc.dictionary(
      fc.stringMatching(/^[a-z_]{1,10}$/),
      fc.oneof(amount, fc.boolean(), fc.array(listWord)),
      {
        noNullPrototype: true,
      },
    ),
    freeFallback: fc.boolean(),
    explain: fc.boolean(),
    resumable: fc.boolean(),
  },
  { requiredKeys: [] },
)

test('parses what it builds', () => {
  fc.assert(
    fc.property(options, (value) => {
      expect(parseHeaders(buildHeaders(value))).toEqual(value)
    }),
    { numRuns: 500 },
  )
})

test('parses what a Headers object has carried', () => {
  fc.assert(
    fc.property(options, (value) => {
      expect(parseHeaders(new Headers(buildHeaders(value)))).toEqual(value)
    }),
  )
})

test('builds the same headers again from what it parsed', () => {
  fc.assert(
    fc.property(options, (value) => {
      const headers = buildHeaders(value)
      expect(buildHeaders(parseHeaders(headers))).toEqual(headers)
    }),
  )
})

test('never throws on any header values when it is not strict', () => {
  const names = Object.keys(buildHeaders({ cacheTtl: 0, metadata: {}, customCost: { totalCost: 1 }, skipCache: true }))
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string(), (name, text) => {
      const parsed = parseHeaders({ [name]: text }, { strict: false })
      expect(() => buildHeaders(parsed)).not.toThrow()
    }),
  )
})

test('reads records with names in any case, with and without Bearer', () => {
  expect(parseHeaders({ 'CF-AIG-Authorization': 'gw_raw' })).toEqual({ authorization: 'gw_raw' })
  expect(parseHeaders({ 'Cf-Aig-Authorization': 'bearer gw_raw' })).toEqual({ authorization: 'gw_raw' })
})

test('reads a bigint back as its digits', () => {
  const headers = buildHeaders({ metadata: { id: 10n } })
  expect(parseHeaders(headers)).toEqual({ metadata: { id: '10' } })
})

test('takes blank and placeholder credentials for none', () => {
  for (const text of ['', 'Bearer', 'Bearer undefined', 'Bearer null', 'unused', 'dummy']) {
    expect(parseHeaders({ 'cf-aig-authorization': text })).toEqual({})
  }
})

test('reads the deprecated names, and prefers the others', () => {
  expect(parseHeaders({ 'cf-cache-ttl': '120', 'cf-skip-cache': 'true' })).toEqual({ cacheTtl: 120, skipCache: true })
  expect(parseHeaders({ 'cf-aig-cache-ttl': '60', 'cf-cache-ttl': '120' })).toEqual({ cacheTtl: 60 })
  expect(parseHeaders({ 'cf-cache-ttl': '120', 'cf-aig-cache-ttl': '60' })).toEqual({ cacheTtl: 60 })
})

test('ignores headers that it does not know', () => {
  expect(parseHeaders({ 'cf-aig-future': 'x', 'content-type': 'application/json', 'x-list': ['a', 'b'] })).toEqual({})
})

test.each([
  ['cf-aig-cache-ttl', 'soon'],
  ['cf-aig-cache-ttl', '-60'],
  ['cf-aig-max-attempts', '6'],
  ['cf-aig-backoff', 'Linear'],
  ['cf-aig-skip-cache', 'yes'],
  ['cf-aig-metadata', '{broken'],
  ['cf-aig-metadata', '[1]'],
  ['cf-aig-custom-cost', '{"per_token_in":1}'],
  ['cf-aig-otel-trace-id', '123'],
  ['gw-free-fallback', 'false'],
])('refuses %s: %s, or skips it when it is not strict', (name, text) => {
  expect(() => parseHeaders({ [name]: text })).toThrow(`(${name}) must be`)
  expect(parseHeaders({ [name]: text }, { strict: false })).toEqual({})
})

test('keeps the first five valid entries of metadata when it is not strict', () => {
  const text = '{"cf.user":1,"a":1,"b":{},"c":2,"d":3,"e":4,"f":5,"g":6}'
  expect(parseHeaders({ 'cf-aig-metadata': text }, { strict: false })).toEqual({
    metadata: { a: 1, c: 2, d: 3, e: 4, f: 5 },
  })
})
