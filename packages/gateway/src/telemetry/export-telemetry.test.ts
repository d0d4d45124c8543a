import { expect, test } from 'vitest'
import { vaultOf } from '../admin/__fixtures__/start-admin.ts'
import { recordOf } from '../analytics/record-of.ts'
import { createMemoryGatewayStore } from '../gateways/create-memory-gateway-store.ts'
import type { LogRecord } from '../logs/log-record.ts'
import { createMemorySealedSecretStore } from '../secrets/create-memory-sealed-secret-store.ts'
import { exportTelemetry } from './export-telemetry.ts'
import type { OtelExporter } from './otel-exporter.ts'
import { sealOtel } from './otel-secrets.ts'

const at = 1_795_000_000_000
const place = { orgId: 'acme', gatewayId: 'default' }

/** A gateway with exporters, and a collector that answers so. */
async function start(exporters: OtelExporter[], ...answers: (number | Error)[]) {
  const secrets = createMemorySealedSecretStore()
  const vault = vaultOf(1)
  const sealed = await sealOtel(exporters, place, { secrets, vault, requireVault: () => vault })
  const gateways = createMemoryGatewayStore([
    { orgId: 'acme', id: 'default', settings: { otel: sealed } },
    { orgId: 'acme', id: 'quiet', settings: {} },
  ])
  const sent: { url: string; headers: Record<string, string>; body: string }[] = []
  const waits: number[] = []
  const errors: string[] = []
  const run = (...records: LogRecord[]) =>
    exportTelemetry(records, {
      gateways,
      secrets,
      vault,
      semconv: 'latest',
      allowPrivateUpstreams: false,
      sleep: async (ms) => void waits.push(ms),
      report: (error) => void errors.push(error instanceof Error ? error.message : String(error)),
      fetch: async (request) => {
        const answer = answers.shift() ?? 200
        sent.push({ url: request.url, headers: Object.fromEntries(request.headers), body: await request.text() })
        if (answer instanceof Error) throw answer
        return new Response('{}', { status: answer })
      },
    })
  return { run, sent, waits, errors, sealed, secrets, vault }
}

const row = (name: string, change: Partial<LogRecord> = {}) => recordOf(name, at, change)

test('rows of a gateway go to its collector as one message for spans and one for metrics', async () => {
  const { run, sent, sealed, errors } = await start([
    { url: 'https://otel.example.com/otlp', headers: { 'x-team': 'secret-1' }, authorization: 'Bearer secret-2' },
  ])
  expect(JSON.stringify(sealed)).not.toContain('secret-')
  await run(row('a'), row('b'), row('c', { gateway_id: 'quiet' }), row('d', { org_id: 'other' }))
  expect(sent.map(({ url }) => url)).toEqual([
    'https://otel.example.com/otlp/v1/traces',
    'https://otel.example.com/otlp/v1/metrics',
  ])
  const [{ headers, body } = { headers: {}, body: '' }] = sent
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'x-team': 'secret-1',
    authorization: 'Bearer secret-2',
  })
  expect(body.match(/"traceId"/g)).toHaveLength(2)
  expect(errors).toEqual([])
})

test('a URL of one signal gets that signal alone', async () => {
  const { run, sent } = await start([
    { url: 'https://a.example.com/v1/traces' },
    { url: 'https://b.example.com/api/v1/metrics?x=1' },
  ])
  await run(row('a'))
  expect(sent.map(({ url }) => url)).toEqual([
    'https://a.example.com/v1/traces',
    'https://b.example.com/api/v1/metrics?x=1',
  ])
})

test('a collector that is busy or away is tried three times, one that refuses once', async () => {
  const busy = await start([{ url: 'https://a.example.com/v1/traces' }], 503, new TypeError('away'), 200)
  await busy.run(row('a'))
  expect([busy.sent.length, busy.waits, busy.errors]).toEqual([3, [500, 2000], []])

  const down = await start([{ url: 'https://a.example.com/v1/traces' }], 503, 503, 503)
  await down.run(row('a'))
  expect([down.sent.length, down.errors]).toEqual([3, ['a.example.com answered 503.']])

  const refusing = await start([{ url: 'https://a.example.com/v1/traces' }], 401)
  await refusing.run(row('a'))
  expect([refusing.sent.length, refusing.errors]).toEqual([1, ['a.example.com answered 401.']])
})

test('nothing is sent into private networks', async () => {
  const { run, sent, errors } = await start([{ url: 'http://127.0.0.1:4318' }])
  await run(row('a'))
  expect(sent).toEqual([])
  expect(errors).toEqual([
    expect.stringContaining('not a public https address'),
    expect.stringContaining('not a public'),
  ])
})

test('what is shown as secret stays when it is sent back, and goes with its exporter', async () => {
  const url = 'https://otel.example.com'
  const { sealed, secrets, vault, run, sent } = await start([{ url, authorization: 'Bearer secret-2' }])
  expect(sealed).toEqual([{ url, authorization: '[secret]' }])
  const options = { secrets, vault, requireVault: () => vault }
  expect(await sealOtel(sealed, place, options)).toEqual(sealed)
  await run(row('a'))
  expect(sent[0]?.headers['authorization']).toBe('Bearer secret-2')
  await sealOtel([{ url }], place, options)
  expect(await secrets.countOtherVersions('none')).toBe(0)
})
