import {
  createMemoryAccountStore,
  createMemoryGatewayStore,
  createPermits,
  LedgerUnavailable,
  ledgerName,
  type Deps,
  type Ledgers,
  type LogRecord,
} from '@gw/gateway'
import { createKeyResolver, createVault, parseMasterKeys, Secret } from '@gw/keys'
import { createSimulator } from '@gw/simulator'
import { createMessageBatch, env, runDurableObjectAlarm } from 'cloudflare:test'
import { afterEach, expect, test, vi } from 'vitest'
import { consumeLogs } from '../../src/consume-logs.ts'
import { createDeps } from '../../src/create-deps.ts'
import { createLedgers } from '../../src/create-ledgers.ts'
import type { Env } from '../../src/env.ts'
import { recordLog } from '../../src/record-log.ts'
import { gatewayFaults } from './gateway-fault-rows.ts'
import { startCountedGateway } from './start-counted-gateway.ts'

/** Two words of prompt and four of answer at the prices of gpt-4o-mini. */
const costOfAnswer = 2 * 150 + 4 * 600
const own = { authorization: 'Bearer sk-caller' }
const chat = '/v1/chat/completions'
const ask = (stream = false) => ({
  model: 'openai/gpt-4o-mini',
  stream,
  max_tokens: 100,
  messages: [{ role: 'user', content: 'hello there' }],
})

/** The Worker's bindings with a database that can be taken away. */
function breakableEnv(): { env: Env; isDown(down: boolean): void } {
  let isDown = false
  const DB = new Proxy(env.DB, {
    get: (database, name) => {
      if (isDown) throw new Error('D1 is down.')
      const member: unknown = Reflect.get(database, name)
      return typeof member === 'function' ? member.bind(database) : member
    },
  })
  return { env: { ...env, DB }, isDown: (down) => void (isDown = down) }
}

const down = (): Promise<never> => Promise.reject(new LedgerUnavailable('The ledger is down.'))
const deadLedgers: Ledgers = { open: () => ({ reserve: down, settle: down, extend: down, take: down, read: down }) }
const withLedgers = (ledgers: Ledgers): Partial<Deps> => ({
  ledgers,
  permits: createPermits({ ledgers, now: Date.now }),
})

/** Hands rows over to the test in place of the queue. */
function collectRows() {
  const rows: LogRecord[] = []
  return {
    recordLog: async (record: LogRecord) => void rows.push(record),
    only: (): Promise<LogRecord> =>
      vi.waitFor(() => {
        const [row] = rows
        if (!row) throw new Error('No row yet.')
        return row
      }),
  }
}

const outboxOf = ({ org_id, created_at }: LogRecord) =>
  env.LOG_OUTBOX.get(env.LOG_OUTBOX.idFromName(`${org_id}:${Math.floor(created_at / 60_000)}`))

const deliver = (record: LogRecord, attempts: number, bindings: Env): Promise<void> =>
  consumeLogs(
    createMessageBatch<LogRecord>('gw-logs', [{ id: record.id, timestamp: new Date(), attempts, body: record }]),
    bindings,
  )

/** A gateway whose provider answers when it is told to. */
async function startHeld(change: Partial<Deps> = {}) {
  const simulator = createSimulator({ now: Date.now })
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  let hasAsked = (): void => undefined
  const asked = new Promise<void>((resolve) => (hasAsked = resolve))
  const gateway = await startCountedGateway(() => ({
    fetch: async (request) => {
      hasAsked()
      await opened
      return simulator.fetch(request)
    },
    ...change,
  }))
  return { ...gateway, asked, open: () => open() }
}

afterEach(() => void vi.useRealTimers())

const tests: Readonly<Record<(typeof gatewayFaults)[number]['id'], () => Promise<void>>> = {
  'database-down-warm': async () => {
    const broken = breakableEnv()
    const { keys, gateways } = createDeps(broken.env)
    const gateway = await startCountedGateway(() => ({ keys, gateways }))
    expect((await gateway.post(chat, ask(), own)).status).toBe(200)
    broken.isDown(true)
    const start = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: start + 4 * 60_000 })
    expect((await gateway.post(chat, ask(), own)).status).toBe(200)
    vi.setSystemTime(start + 6 * 60_000)
    expect((await gateway.post(chat, ask(), own)).status).toBe(503)
  },
  'database-down-cold': async () => {
    const broken = breakableEnv()
    const { keys, gateways } = createDeps(broken.env)
    const gateway = await startCountedGateway(() => ({ keys, gateways }))
    broken.isDown(true)
    const response = await gateway.post(chat, ask(), own)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('cannot reach its database') },
    })
    broken.isDown(false)
    expect(await gateway.rows()).toEqual([])
    expect([await gateway.permits(), await gateway.spent()]).toEqual([0, 0])
  },
  'database-down-consumer': async () => {
    const collected = collectRows()
    const gateway = await startCountedGateway(() => collected)
    await gateway.post(chat, ask(), own)
    const record = await collected.only()
    const broken = breakableEnv()
    broken.isDown(true)
    await expect(deliver(record, 1, broken.env)).rejects.toThrow('D1 is down.')
    await deliver(record, 8, broken.env)
    expect(await gateway.rows()).toEqual([])
    await runDurableObjectAlarm(outboxOf(record))
    expect((await gateway.onlyRow()).cost_nano_usd).toBe(costOfAnswer)
    await deliver(record, 1, env)
    expect(await gateway.rows()).toHaveLength(1)
    expect(await gateway.spent()).toBe(costOfAnswer)
  },
  'queue-down': async () => {
    const collected = collectRows()
    const LOGS = { ...env.LOGS, send: () => Promise.reject(new Error('The queue is down.')) }
    const gateway = await startCountedGateway(() => ({
      recordLog: async (record) => {
        await recordLog(record, { LOGS, LOG_OUTBOX: env.LOG_OUTBOX })
        await collected.recordLog(record)
      },
    }))
    expect((await gateway.post(chat, ask(), own)).status).toBe(200)
    await runDurableObjectAlarm(outboxOf(await collected.only()))
    expect((await gateway.onlyRow()).cost_nano_usd).toBe(costOfAnswer)
    expect(await gateway.spent()).toBe(costOfAnswer)
  },
  'ledger-down-limits': async () => {
    const tier = { id: 'T', name: 'Test', requestsPerDay: 20, requestsPerMinute: null, tokensPerMinute: null }
    const accounts = createMemoryAccountStore({ tier })
    const gateway = await startCountedGateway(() => ({ ...withLedgers(deadLedgers), accounts }))
    const answers = [
      await gateway.post(chat, ask(), own),
      await gateway.post(chat, ask(), own),
      await gateway.post(chat, ask(), own),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
    const rows = await vi.waitFor(async () => {
      const found = await gateway.rows()
      expect(found).toHaveLength(3)
      return found
    })
    expect(rows.map(({ unchecked }) => unchecked)).toEqual([true, true, true])
  },
  'ledger-down-budget': async () => {
    const gateway = await startCountedGateway((deps) => ({
      ledgers: deadLedgers,
      fetch: async (request) =>
        request.url.includes('/lmstudio/')
          ? Response.json({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices: [] })
          : deps.fetch(request),
    }))
    const paid = await gateway.post(chat, ask(), own)
    expect([paid.status, paid.headers.get('retry-after')]).toEqual([503, '2'])
    expect((await gateway.rowOf(paid)).ending).toBe('rejected')
    expect(gateway.simulator.requests).toHaveLength(0)
    expect((await gateway.post(chat, { ...ask(), model: 'lmstudio/any' })).status).toBe(200)
    expect(await gateway.permits()).toBe(2)
  },
  'ledger-slow': async () => {
    const never = () => new Promise<never>(() => undefined)
    const stub = { reserve: never, settle: never, extend: never, take: never, read: never }
    const LEDGERS = new Proxy(env.LEDGERS, {
      get: (namespace, name) => (name === 'get' ? () => stub : Reflect.get(namespace, name).bind(namespace)),
    })
    const slow = createLedgers({ LEDGERS }, { timeoutMs: 20 })
    const gateway = await startCountedGateway(() => ({ ledgers: slow }))
    const response = await gateway.post(chat, ask(), own)
    expect(response.status).toBe(503)
    expect(gateway.simulator.requests).toHaveLength(0)
    expect(await gateway.spent()).toBe(0)
  },
  'settle-fails': async () => {
    const gateway = await startCountedGateway(({ ledgers }) => ({
      ledgers: { open: (name) => ({ ...ledgers.open(name), settle: down }) },
    }))
    const response = await gateway.post(chat, ask(), own)
    expect(response.status).toBe(200)
    expect((await gateway.rowOf(response)).charged_nano_usd).toBe(costOfAnswer)
    expect(await gateway.spent()).toBe(costOfAnswer)
  },
  crash: async () => {
    const gateway = await startHeld({ recordLog: async () => undefined })
    void gateway.post(chat, ask(), own)
    await gateway.asked
    expect((await gateway.readBudget()).held).toBeGreaterThan(0)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 15 * 60_000 + 1 })
    expect(await gateway.readBudget()).toMatchObject({ used: 0, held: 0 })
  },
  'bad-settings': async () => {
    const id = `bad-${crypto.randomUUID().slice(0, 8)}`
    await env.DB.prepare('INSERT INTO gateways (org_id, id, settings, created_at, modified_at) VALUES (?, ?, ?, 0, 0)')
      .bind('default', id, '{"retry_max_attempts": "many"')
      .run()
    const gateway = await startCountedGateway()
    const response = await gateway.post(`/v1/acc/${id}/compat/chat/completions`, ask(), own)
    expect([response.status, response.headers.get('gw-attempts')]).toEqual([200, '1'])
    expect((await gateway.rowOf(response)).gateway_id).toBe(id)
  },
  'unreadable-key': async () => {
    const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)
    const vaultOf = (letter: string) => {
      const masterKeys = parseMasterKeys(btoa(letter.repeat(32)))
      if (!masterKeys) throw new Error('There is a master key.')
      return createVault({ masterKeys, random })
    }
    const { control } = createDeps(env)
    const id = crypto.randomUUID()
    const sealed = await vaultOf('a').seal(new Secret('sk-lost'), {
      orgId: 'default',
      providerId: 'openai',
      recordId: id,
    })
    const facts = { orgId: 'default', userId: null, tierId: null, providerId: 'openai', alias: 'default', name: 'lost' }
    const times = { createdAt: 0, updatedAt: 0, disabledAt: null, rejection: null }
    await control.providerKeys.add({ ...facts, ...times, id, level: 'org', weight: 1, lastFour: 'lost', sealed })
    const keyResolver = createKeyResolver({
      store: control.providerKeys,
      vault: vaultOf('b'),
      env: { OPENAI_API_KEY: 'sk-environment' },
      now: Date.now,
      random,
    })
    const gateway = await startCountedGateway(() => ({ keyResolver }))
    const response = await gateway.post(chat, ask())
    await control.providerKeys.remove({ orgId: 'default' }, id)
    expect([response.status, response.headers.get('gw-key-source')]).toEqual([200, 'environment'])
    expect((await gateway.rowOf(response)).key_source).toBe('environment')
  },
  'leaves-before-answer': async () => {
    const gateway = await startHeld()
    const caller = new AbortController()
    const headers = { ...own, 'cf-aig-authorization': `Bearer ${gateway.key}`, 'content-type': 'application/json' }
    void gateway.send(chat, { method: 'POST', headers, body: JSON.stringify(ask()), signal: caller.signal })
    await gateway.asked
    caller.abort()
    gateway.open()
    const row = await gateway.onlyRow()
    expect([row.ending, row.usage_source, row.cost_nano_usd]).toEqual(['client_gone', 'reported', costOfAnswer])
    expect(await gateway.spent()).toBe(costOfAnswer)
  },
  'leaves-mid-stream': async () => {
    const gateway = await startCountedGateway()
    const response = await gateway.post(chat, ask(true), own)
    const reader = response.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    const row = await gateway.onlyRow()
    expect([row.ending, row.usage_source, row.cost_nano_usd]).toEqual(['client_gone', 'reported', costOfAnswer])
    expect(await gateway.spent()).toBe(costOfAnswer)
  },
  'leaves-mid-stream-cancel': async () => {
    const settings = { on_client_gone: 'cancel' as const }
    const gateways = createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings }])
    const simulator = createSimulator({ now: Date.now })
    const gateway = await startCountedGateway(() => ({
      gateways,
      fetch: (request) => {
        const headers = new Headers(request.headers)
        headers.set('x-sim-fault', 'stall:2')
        return simulator.fetch(new Request(request, { headers }))
      },
    }))
    const response = await gateway.post(chat, ask(true), own)
    const reader = response.body?.getReader()
    let text = ''
    while (!text.includes(' said')) text += new TextDecoder().decode((await reader?.read())?.value)
    await reader?.cancel()
    const row = await gateway.onlyRow()
    expect([row.ending, row.usage_source]).toEqual(['client_gone', 'estimated'])
    // "hello there" and "You said:", or a piece of it, at four characters a token.
    expect(row.usage.input).toBe(3)
    expect(row.usage.output).toBeGreaterThanOrEqual(2)
    expect(row.usage.output).toBeLessThanOrEqual(3)
    expect(row.cost_nano_usd).toBe(3 * 150 + (row.usage.output ?? 0) * 600)
    expect(await gateway.spent()).toBe(row.cost_nano_usd)
  },
  'huge-answer': async () => {
    const simulator = createSimulator({ now: Date.now })
    const gateway = await startCountedGateway(({ limits }) => ({
      limits: { ...limits, answerBytes: 10_000 },
      fetch: (request) => {
        const headers = new Headers(request.headers)
        headers.set('x-sim-fault', 'huge:200000')
        return simulator.fetch(new Request(request, { headers }))
      },
    }))
    const response = await gateway.post(chat, ask(), own)
    expect(response.status).toBe(502)
    const row = await gateway.rowOf(response)
    expect([row.ending, row.cost_nano_usd]).toEqual(['upstream_error', null])
    expect(row.charged_nano_usd).toBeGreaterThan(0)
    expect(await gateway.spent()).toBe(row.charged_nano_usd)
  },
}

test.each(gatewayFaults)('$what', async ({ id }) => {
  expect.hasAssertions()
  await tests[id]()
})

test('ledgers are named so that no id can run into another', () => {
  expect(ledgerName.gateway('a', 'b","c')).not.toBe(ledgerName.gateway('a","b', 'c'))
})
