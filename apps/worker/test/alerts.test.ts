import type { LogRecord } from '@gw/gateway'
import { recordOf } from '@gw/gateway/testing'
import { env, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { consumeLogs } from '../src/consume-logs.ts'
import { deskName } from '../src/create-watch-alerts.ts'
import { formatMail } from '../src/format-mail.ts'
import { watchAlerts } from '../src/watch-alerts.ts'
import { startGateway } from './start-gateway.ts'

/** What a webhook received. */
interface Received {
  url: string
  headers: Headers
  body: string
}

const received: Received[] = []
const answers: Response[] = []

beforeEach(() => {
  received.length = 0
  answers.length = 0
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init)
    received.push({ url: request.url, headers: request.headers, body: await request.text() })
    return answers.shift() ?? new Response(null, { status: 204 })
  })
})
afterEach(() => void vi.restoreAllMocks())

/** An organisation of its own, a way to call the control plane, and one to have its alarms ring. */
async function start() {
  const { send } = await startGateway(() => ({ fetch: (request) => fetch(request) }))
  const org = `o_${crypto.randomUUID().replaceAll('-', '')}`
  const call = async (method: string, path: string, body?: object) => {
    const response = await send(`/api/${path}`, {
      method,
      headers: { authorization: 'Bearer admin-key', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? {} : JSON.parse(text)
  }
  await call('POST', 'orgs', { id: org, tier_id: 'BUSINESS' })
  const stub = env.ALERTS.get(env.ALERTS.idFromName(deskName(org)))
  return {
    org,
    call,
    stub,
    /** A batch of rows comes out of the queue. */
    arrive: (...costs: number[]) => consumeLogs(batchOf(costs.map((usd) => rowOf(org, usd))), env),
    /** The desk's alarm rings now, unless it has rung already. */
    ring: () => runDurableObjectAlarm(stub),
    titles: () => received.map(({ body }) => /"text":"([^"]*)"/.exec(body)?.[1] ?? body),
  }
}

const rowOf = (org: string, usd: number): LogRecord =>
  recordOf(crypto.randomUUID(), Date.now(), { org_id: org, cost_nano_usd: usd * 1e9 })

function batchOf(records: readonly LogRecord[]): MessageBatch<LogRecord> {
  const messages = records.map((body) => ({
    id: body.id,
    timestamp: new Date(),
    body,
    attempts: 1,
    ack: () => undefined,
    retry: () => undefined,
  }))
  const metadata = { metrics: { backlogCount: 0, backlogBytes: 0 } }
  return { queue: 'gw-logs', messages, metadata, ackAll: () => undefined, retryAll: () => undefined }
}

const slack = { name: 'Ops', kind: 'webhook', format: 'slack', url: 'https://hooks.example.com/services/T0/B0/abcdef' }

test('spend that comes out of the queue is told at once: $1 warns, $5 is critical, each once', async () => {
  const { org, call, arrive, ring, titles } = await start()
  await call('POST', `alert-channels?org_id=${org}`, slack)
  await arrive(0.4, 0.7)
  await ring()
  await vi.waitFor(() => expect(titles()).toEqual([`[warning] Spend per hour · ${org}`]))
  await arrive(0.1)
  await ring()
  await arrive(4)
  await ring()
  await vi.waitFor(() => expect(titles().slice(1)).toEqual([`[now critical] Spend per hour · ${org}`]))

  const { data } = await call('GET', `alert-events?org_id=${org}`)
  expect(data).toMatchObject([{ kind: 'spend_per_hour', state: 'open', severity: 'critical', value: 5.2 }])
  const shown = await call('POST', `alert-events/${data[0].id}/acknowledge?org_id=${org}`)
  expect(shown).toMatchObject({ state: 'acknowledged', acknowledged_by: 'admin key' })
  await vi.waitFor(async () => {
    const deliveries = await call('GET', `alert-deliveries?org_id=${org}&event_id=${data[0].id}`)
    expect(deliveries.data).toMatchObject([
      { status: 'sent', attempts: 1, last_status_code: 204 },
      { status: 'sent', title: `[warning] Spend per hour · ${org}` },
    ])
  })
})

test('a batch that comes while another is looked at is seen by a further look, without a new alarm', async () => {
  const { org, call, arrive, ring, stub, titles } = await start()
  await call('POST', `alert-channels?org_id=${org}`, slack)
  await arrive(0.5)
  await ring()
  await arrive(0.9)
  await vi.waitFor(async () => {
    expect(await runInDurableObject(stub, (_, { storage }) => storage.getAlarm())).toBeGreaterThan(Date.now())
  })
  await ring()
  await vi.waitFor(() => expect(titles()).toEqual([`[warning] Spend per hour · ${org}`]))
})

test('a message that fails is sent again when its time has come', async () => {
  const { org, call, arrive, ring, stub } = await start()
  await call('POST', `alert-channels?org_id=${org}`, slack)
  answers.push(new Response(null, { status: 500 }))
  const deliveries = async () => (await call('GET', `alert-deliveries?org_id=${org}`)).data
  await arrive(2)
  await ring()
  await vi.waitFor(async () => {
    expect(await deliveries()).toMatchObject([{ status: 'queued', attempts: 1, last_error: 'It answered 500.' }])
  })
  await env.DB.prepare('UPDATE alert_deliveries SET due_at = 1 WHERE org_id = ?').bind(org).run()
  await vi.waitFor(async () => {
    expect(await runInDurableObject(stub, (_, { storage }) => storage.getAlarm())).not.toBe(null)
  })
  await ring()
  await vi.waitFor(async () => expect(await deliveries()).toMatchObject([{ status: 'sent', attempts: 2 }]))
  expect(received).toHaveLength(2)
})

test('a test message goes out at once, signed, and no answer and no table has URL or secret', async () => {
  const { org, call } = await start()
  const {
    id,
    signing_secret: secret,
    ...made
  } = await call('POST', `alert-channels?org_id=${org}`, {
    ...slack,
    format: 'json',
  })
  expect(made).toMatchObject({ format: 'json', url_preview: 'https://hooks.example.com/…cdef', problem: null })
  expect(await call('POST', `alert-channels/${id}/test?org_id=${org}`)).toEqual({
    ok: true,
    status_code: 204,
    error: null,
  })
  const [{ headers, body, url } = { headers: new Headers(), body: '', url: '' }] = received
  expect(url).toBe(slack.url)
  const [, time = '', signature = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers.get('gw-signature') ?? '') ?? []
  expect(await verify(secret, `${time}.${body}`, signature)).toBe(true)
  expect(await verify(`${secret}x`, `${time}.${body}`, signature)).toBe(false)

  const listed = JSON.stringify(await call('GET', `alert-channels?org_id=${org}`))
  const rows = await Promise.all(
    ['alert_channels', 'sealed_secrets', 'alert_deliveries', 'audit_log'].map((table) =>
      env.DB.prepare(`SELECT * FROM ${table}`).all(),
    ),
  )
  for (const text of [listed, JSON.stringify(rows.map(({ results }) => results))]) {
    expect(text).not.toContain('services/T0')
    expect(text).not.toContain(secret)
  }
})

/** As a receiver would, with what the platform has. */
async function verify(secret: string, text: string, hex: string): Promise<boolean> {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['verify'])
  const signature = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
  return crypto.subtle.verify(algorithm, key, signature, encoder.encode(text))
}

test('cron wakes the desks that no row wakes', async () => {
  const { org, call, stub } = await start()
  await call('POST', `alert-rules?org_id=${org}`, { kind: 'no_data' })
  const alarm = () => runInDurableObject(stub, (_, { storage }) => storage.getAlarm())
  await runDurableObjectAlarm(stub)
  await runInDurableObject(stub, (_, { storage }) => storage.deleteAlarm())
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000)
  await watchAlerts(env, Date.now())
  expect(await alarm()).not.toBe(null)
})

test('a mail is one that others can read', () => {
  const mail = { from: 'gw@example.com', to: 'ops@example.com', subject: 'Spend · acme', text: 'Über $1.\n' }
  expect(formatMail({ ...mail, id: 'x', at: new Date(1_795_000_000_000) })).toBe(
    [
      'From: gw@example.com',
      'To: ops@example.com',
      'Subject: =?utf-8?B?U3BlbmQgwrcgYWNtZQ==?=',
      'Date: Wed, 18 Nov 2026 11:06:40 +0000',
      'Message-ID: <x@example.com>',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      'w5xiZXIgJDEuCg==',
      '',
    ].join('\r\n'),
  )
})
