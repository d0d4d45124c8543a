import type { LogRecord } from '@gw/gateway'
import { recordOf } from '@gw/gateway/testing'
import { env } from 'cloudflare:test'
import { afterEach, expect, test, vi } from 'vitest'
import { pushLogs } from '../src/push-logs.ts'
import { sendTelemetry } from '../src/send-telemetry.ts'
import { startGateway } from './start-gateway.ts'

afterEach(() => void vi.restoreAllMocks())

/** 2026-11-18 11:06:40 UTC. */
const at = 1_795_000_000_000

async function put(settings: object, org = `o_${crypto.randomUUID().replaceAll('-', '')}`): Promise<string> {
  const { send } = await startGateway()
  const headers = { authorization: 'Bearer admin-key', 'content-type': 'application/json' }
  await send('/api/orgs', { method: 'POST', headers, body: JSON.stringify({ id: org }) })
  const body = JSON.stringify({ org_id: org, settings })
  const answer = await send('/api/gateways/default', { method: 'PUT', headers, body })
  if (!answer.ok) throw new Error(await answer.text())
  return org
}

async function objectsOf(org: string) {
  const { objects } = (await env.LOG_BUCKET?.list({ prefix: `logs/${org}/` })) ?? { objects: [] }
  return Promise.all(
    objects.map(async ({ key }) => {
      const object = await env.LOG_BUCKET?.get(key)
      const lines = await new Response(object?.body.pipeThrough(new DecompressionStream('gzip'))).text()
      const rows: LogRecord[] = lines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
      return { key, rows, type: object?.httpMetadata?.contentType }
    }),
  )
}

test('rows of a gateway that wants it are in the bucket, once, by organisation and hour', async () => {
  const org = await put({ logpush: true })
  const other = await put({})
  const trace = { trace_id: '0af7651916cd43dd8448eb211c80319c' }
  const rows = [
    recordOf('a', at, { org_id: org, trace }),
    recordOf('b', at, { org_id: org }),
    recordOf('c', at + 3_600_000, { org_id: org }),
    recordOf('d', at, { org_id: other }),
  ]
  await pushLogs(rows, env)
  await pushLogs(rows.toReversed(), env)
  const objects = await objectsOf(org)
  expect(objects.map(({ key, type }) => [key.replace(/[0-9a-f]{32}(?=\.)/, 'batch'), type])).toEqual([
    [`logs/${org}/2026/11/18/11/batch.ndjson.gz`, 'application/x-ndjson'],
    [`logs/${org}/2026/11/18/12/batch.ndjson.gz`, 'application/x-ndjson'],
  ])
  const { trace: _, ...kept } = recordOf('a', at, { org_id: org })
  expect(objects[0]?.rows.find(({ id }) => id === kept.id)).toEqual(kept)
  expect(objects.map((object) => object.rows.length)).toEqual([2, 1])
  expect(await objectsOf(other)).toEqual([])
})

test('spans go to the collector of the gateway, with what was sealed', async () => {
  const org = await put({ otel: [{ url: 'https://otel.example.com', authorization: 'Bearer secret' }] })
  const sent: { url: string; authorization: string | null }[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init)
    sent.push({ url: request.url, authorization: request.headers.get('authorization') })
    return Response.json({})
  })
  await sendTelemetry([recordOf('a', at, { org_id: org })], env)
  expect(sent).toEqual([
    { url: 'https://otel.example.com/v1/traces', authorization: 'Bearer secret' },
    { url: 'https://otel.example.com/v1/metrics', authorization: 'Bearer secret' },
  ])
  for (const table of ['gateways', 'audit_log', 'sealed_secrets']) {
    const { results } = await env.DB.prepare(`SELECT * FROM ${table} WHERE org_id = ?`).bind(org).all()
    expect(results).not.toEqual([])
    expect(JSON.stringify(results)).not.toContain('Bearer secret')
  }
})
