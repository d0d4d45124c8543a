import type { TestRunner } from '@gw/keys/testing'
import { recordOf } from '../analytics/record-of.ts'
import type { LogRecord } from '../logs/log-record.ts'
import { testSealedSecretStore } from '../secrets/test-sealed-secret-store.ts'
import type { AlertChannel } from './alert-channel.ts'
import type { AlertDelivery } from './alert-delivery.ts'
import type { AlertIncident } from './alert-incident.ts'
import { testMessage } from './alert-message.ts'
import type { AlertRule } from './alert-rule.ts'
import type { AlertStores } from './alert-stores.ts'
import { ruleOf } from './default-rules.ts'

const ruleWith = (change: Partial<AlertRule>): AlertRule => ({
  ...ruleOf('error_pattern', 'acme'),
  id: 'r',
  filter: { provider: 'openai' },
  errorType: 'timeout',
  channels: ['c'],
  createdAt: 1,
  updatedAt: 1,
  ...change,
})

const channelWith = (change: Partial<AlertChannel>): AlertChannel => ({
  id: 'c',
  orgId: 'acme',
  name: 'Ops',
  isEnabled: true,
  settings: { kind: 'webhook', format: 'slack', urlPreview: 'https://hooks.test/…' },
  createdAt: 1,
  updatedAt: 1,
  ...change,
})

const incidentWith = (change: Partial<AlertIncident>): AlertIncident => ({
  id: 'i',
  orgId: 'acme',
  ruleId: 'r',
  ruleName: 'Rule',
  kind: 'error_pattern',
  subject: 'all',
  severity: 'warning',
  message: 'm',
  value: 12,
  threshold: 10,
  createdAt: 1,
  updatedAt: 1,
  resolvedAt: null,
  notifiedAt: 1,
  notifiedSeverity: 'warning',
  isTold: true,
  notices: 1,
  notice: { change: 'fired', at: 1 },
  acknowledgedAt: null,
  acknowledgedBy: null,
  ...change,
})

const deliveryWith = (change: Partial<AlertDelivery>): AlertDelivery => ({
  id: 'd',
  orgId: 'acme',
  channelId: 'c',
  incidentId: 'i',
  message: testMessage('acme', 1),
  digest: 'immediately',
  status: 'queued',
  attempts: 0,
  dueAt: 5,
  lastStatusCode: null,
  lastError: null,
  createdAt: 1,
  finishedAt: null,
  ...change,
})

/** The contract of every `AlertStores` but for its facts. `create` returns empty ones that know `acme` and `other`. */
export function testAlertStores(create: () => Promise<Omit<AlertStores, 'facts'>>, runner: TestRunner): void {
  testRules(create, runner)
  testChannels(create, runner)
  testIncidents(create, runner)
  testDeliveries(create, runner)
  testSealedSecretStore(async () => (await create()).secrets, runner)
}

type Create = () => Promise<Omit<AlertStores, 'facts'>>

function testRules(create: Create, { test, expect }: TestRunner): void {
  test('rules are of their owner, oldest first; saving again replaces', async () => {
    const { rules } = await create()
    await rules.save(ruleWith({ id: 'b', createdAt: 2 }))
    await rules.save(ruleWith({ id: 'a', createdAt: 1 }))
    await rules.save(ruleWith({ id: 'a', orgId: 'other' }))
    await rules.save(ruleWith({ id: 'a', orgId: null, channels: null, filter: {}, errorType: null }))
    await rules.save(ruleWith({ id: 'b', createdAt: 2, warning: null, critical: 3, isEnabled: false }))
    expect(await rules.list('acme')).toEqual([
      ruleWith({ id: 'a', createdAt: 1 }),
      ruleWith({ id: 'b', createdAt: 2, warning: null, critical: 3, isEnabled: false }),
    ])
    expect(await rules.list(null)).toEqual([
      ruleWith({ id: 'a', orgId: null, channels: null, filter: {}, errorType: null }),
    ])
    expect(await rules.remove('acme', 'a')).toBe(true)
    expect(await rules.remove('acme', 'a')).toBe(false)
    expect((await rules.list('other')).length).toBe(1)
  })

  test('organisations with an enabled rule of a kind are found', async () => {
    const { rules } = await create()
    await rules.save(ruleWith({ kind: 'no_data', orgId: 'other' }))
    await rules.save(ruleWith({ kind: 'no_data', id: 'off', isEnabled: false }))
    await rules.save(ruleWith({ kind: 'no_data', orgId: null }))
    await rules.save(ruleWith({}))
    expect(await rules.ownersOf('no_data')).toEqual(['other'])
  })
}

function testChannels(create: Create, { test, expect }: TestRunner): void {
  test('channels are of their owner; saving again replaces', async () => {
    const { channels } = await create()
    const mail = channelWith({ id: 'm', createdAt: 0, settings: { kind: 'email', to: ['a@example.com'] } })
    await channels.save(channelWith({}))
    await channels.save(mail)
    await channels.save(channelWith({ id: 'theirs', orgId: null }))
    await channels.save(channelWith({ name: 'New', isEnabled: false, updatedAt: 9 }))
    expect(await channels.list('acme')).toEqual([mail, channelWith({ name: 'New', isEnabled: false, updatedAt: 9 })])
    expect(await channels.find('acme', 'theirs')).toBe(undefined)
    expect((await channels.find(null, 'theirs'))?.id).toBe('theirs')
    expect(await channels.remove('other', 'c')).toBe(false)
    expect(await channels.remove('acme', 'c')).toBe(true)
    expect(await channels.find('acme', 'c')).toBe(undefined)
  })
}

function testIncidents(create: Create, { test, expect }: TestRunner): void {
  test('incidents come back as they went in, those that are open and those of late', async () => {
    const { incidents } = await create()
    const open = incidentWith({ id: 'open', updatedAt: 1 })
    const late = incidentWith({ id: 'late', resolvedAt: 50, updatedAt: 50, notice: null, value: null, isTold: false })
    await incidents.save(open)
    await incidents.save(late)
    await incidents.save(incidentWith({ id: 'old', resolvedAt: 49, updatedAt: 49 }))
    await incidents.save(incidentWith({ id: 'theirs', orgId: null }))
    const found = await incidents.listSince('acme', 50)
    expect(found.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([late, open])
    expect((await incidents.listSince(null, 0)).map(({ id }) => id)).toEqual(['theirs'])
  })

  test('who acknowledged stays when more is seen, and what is over cannot be acknowledged', async () => {
    const { incidents } = await create()
    await incidents.save(incidentWith({}))
    expect(await incidents.acknowledge('other', 'i', { name: 'ann', at: 3 })).toBe(false)
    expect(await incidents.acknowledge('acme', 'i', { name: 'ann', at: 3 })).toBe(true)
    await incidents.save(incidentWith({ value: 20 }))
    expect(await incidents.find('acme', 'i')).toEqual(
      incidentWith({ value: 20, acknowledgedAt: 3, acknowledgedBy: 'ann' }),
    )
    await incidents.save(incidentWith({ resolvedAt: 9, updatedAt: 9 }))
    expect(await incidents.acknowledge('acme', 'i', { name: 'bob', at: 10 })).toBe(false)
    expect(await incidents.find('other', 'i')).toBe(undefined)
  })

  test('a notice is cleared once it is queued, but not a later one', async () => {
    const { incidents } = await create()
    await incidents.save(incidentWith({ notices: 2, notice: { change: 'escalated', at: 7 } }))
    await incidents.clearNotice('i', 1)
    expect((await incidents.find('acme', 'i'))?.notice).toEqual({ change: 'escalated', at: 7 })
    await incidents.clearNotice('i', 2)
    expect((await incidents.find('acme', 'i'))?.notice).toBe(null)
  })

  test('lists by state, the latest first, and counts what is open', async () => {
    const { incidents } = await create()
    await incidents.save(incidentWith({ id: 'a', createdAt: 1 }))
    await incidents.save(incidentWith({ id: 'b', createdAt: 2, severity: 'critical' }))
    await incidents.save(incidentWith({ id: 'c', createdAt: 3, resolvedAt: 4 }))
    await incidents.save(incidentWith({ id: 'd', createdAt: 4, orgId: 'other' }))
    await incidents.acknowledge('acme', 'b', { name: 'ann', at: 3 })
    const idsOf = async (state?: 'open' | 'acknowledged' | 'resolved', after?: { createdAt: number; id: string }) =>
      (await incidents.list({ orgId: 'acme', limit: 10, state, after })).map(({ id }) => id)
    expect(await idsOf()).toEqual(['c', 'b', 'a'])
    expect(await idsOf('open')).toEqual(['a'])
    expect(await idsOf('acknowledged')).toEqual(['b'])
    expect(await idsOf('resolved')).toEqual(['c'])
    expect(await idsOf(undefined, { createdAt: 3, id: 'c' })).toEqual(['b', 'a'])
    expect(await idsOf(undefined, { createdAt: 2, id: 'c' })).toEqual(['b', 'a'])
    expect(await idsOf(undefined, { createdAt: 2, id: 'b' })).toEqual(['a'])
    expect((await incidents.list({ orgId: 'acme', limit: 1 })).length).toBe(1)
    expect(await incidents.countOpen()).toEqual([
      { orgId: 'acme', severity: 'critical', incidents: 1 },
      { orgId: 'acme', severity: 'warning', incidents: 1 },
      { orgId: 'other', severity: 'warning', incidents: 1 },
    ])
    await incidents.prune(5)
    expect(await idsOf()).toEqual(['b', 'a'])
  })
}

function testDeliveries(create: Create, { test, expect }: TestRunner): void {
  test('a delivery is queued once, is due in its time, and says what became of it', async () => {
    const { deliveries } = await create()
    await deliveries.add([deliveryWith({}), deliveryWith({ id: 'later', dueAt: 9 })])
    await deliveries.add([deliveryWith({ dueAt: 0 }), deliveryWith({ id: 'theirs', orgId: null, dueAt: 1 })])
    expect(await deliveries.listDue('acme', 4, 10)).toEqual([])
    expect(await deliveries.listDue('acme', 5, 10)).toEqual([deliveryWith({})])
    expect((await deliveries.listDue('acme', 9, 1)).map(({ id }) => id)).toEqual(['d'])
    expect(await deliveries.nextDueAt('acme')).toBe(5)
    expect(await deliveries.listWaiting(5)).toEqual([null, 'acme'])

    const sent = deliveryWith({ status: 'sent', attempts: 1, lastStatusCode: 200, finishedAt: 6 })
    await deliveries.update(sent)
    await deliveries.update(deliveryWith({ id: 'later', dueAt: 90, attempts: 1, lastError: 'It answered 500.' }))
    expect(await deliveries.listDue('acme', 50, 10)).toEqual([])
    expect(await deliveries.nextDueAt('acme')).toBe(90)
    expect(await deliveries.nextDueAt('other')).toBe(undefined)
    expect((await deliveries.list({ orgId: 'acme', limit: 10 })).map(({ id }) => id)).toEqual(['later', 'd'])
    await deliveries.prune(7)
    expect((await deliveries.list({ orgId: 'acme', limit: 10 })).map(({ id }) => id)).toEqual(['later'])
  })

  test('lists the deliveries of an incident', async () => {
    const { deliveries } = await create()
    await deliveries.add([deliveryWith({}), deliveryWith({ id: 'test', incidentId: null, createdAt: 2 })])
    expect(await deliveries.list({ orgId: 'acme', limit: 10, incidentId: 'i' })).toEqual([deliveryWith({})])
    expect((await deliveries.list({ orgId: 'acme', limit: 1 })).map(({ id }) => id)).toEqual(['test'])
    expect(await deliveries.list({ orgId: 'other', limit: 10 })).toEqual([])
  })
}

interface WithFacts {
  facts: AlertStores['facts']
  insert(records: readonly LogRecord[]): Promise<void>
}

/** 2026-11-18 11:00:00 UTC. */
const eleven = Date.UTC(2026, 10, 18, 11)
const minute = 60_000

const rowsAt = (at: number, ...changes: Partial<LogRecord>[]): LogRecord[] =>
  changes.map((change, index) => recordOf(`row${index}`, at, change))

/** The contract of every `RequestFacts`. `create` returns one without requests, for organisations `acme` and `other`. */
export function testRequestFacts(create: () => Promise<WithFacts>, { test, expect }: TestRunner): void {
  const ofAcme = { orgId: 'acme', filter: {} }

  test('spend is that of the current hour, of what the filter means, and of everyone for the operator', async () => {
    const { facts, insert } = await create()
    await insert(rowsAt(eleven - 1, { cost_nano_usd: 1 }))
    await insert(
      rowsAt(eleven, { cost_nano_usd: 10 }, { cost_nano_usd: null }, { cost_nano_usd: 100, provider: 'groq' }),
    )
    await insert(rowsAt(eleven + 59 * minute, { cost_nano_usd: 1000, org_id: 'other' }))
    const from = eleven + 30 * minute
    expect(await facts.spend({ ...ofAcme, from })).toBe(110)
    expect(await facts.spend({ orgId: 'acme', filter: { provider: 'groq' }, from })).toBe(100)
    expect(await facts.spend({ orgId: 'acme', filter: { provider: 'groq', model: 'none' }, from })).toBe(0)
    expect(await facts.spend({ orgId: null, filter: {}, from })).toBe(1110)
  })

  test('failures are of the window to the millisecond, or of whole hours where it is longer than one', async () => {
    const { facts, insert } = await create()
    const now = eleven + 30 * minute
    await insert(rowsAt(eleven - 1, { error_type: 'timeout' }))
    await insert(rowsAt(now - 5 * minute - 1, { error_type: 'timeout' }))
    await insert(rowsAt(now - 5 * minute, { error_type: 'timeout' }, { error_type: 'auth' }, {}))
    await insert(rowsAt(now, { error_type: 'timeout', org_id: 'other' }, { gateway_id: 'g2' }))
    const within = { ...ofAcme, from: now - 5 * minute, now, errorType: null }
    expect(await facts.failures(within)).toEqual({ requests: 4, errors: 2 })
    expect(await facts.failures({ ...within, errorType: 'timeout' })).toEqual({ requests: 4, errors: 1 })
    expect(await facts.failures({ ...within, filter: { gateway_id: 'g2' } })).toEqual({ requests: 1, errors: 0 })
    expect(await facts.failures({ ...within, orgId: null })).toEqual({ requests: 5, errors: 3 })
    const longer = { ...within, from: now - 90 * minute }
    expect(await facts.failures(longer)).toEqual({ requests: 6, errors: 4 })
    expect(await facts.failures({ ...longer, errorType: 'timeout' })).toEqual({ requests: 6, errors: 3 })
    expect(await facts.failures({ ...within, from: now + 1 })).toEqual({ requests: 0, errors: 0 })
  })

  test('the last request is found, unless it is too long ago', async () => {
    const { facts, insert } = await create()
    expect(await facts.lastRequestAt({ ...ofAcme, from: 0 })).toBe(undefined)
    await insert(rowsAt(eleven, {}))
    await insert(rowsAt(eleven + 5 * minute, { provider: 'groq' }))
    await insert(rowsAt(eleven + 9 * minute, { org_id: 'other' }))
    expect(await facts.lastRequestAt({ ...ofAcme, from: 0 })).toBe(eleven + 5 * minute)
    expect(await facts.lastRequestAt({ orgId: 'acme', filter: { provider: 'openai' }, from: 0 })).toBe(eleven)
    expect(await facts.lastRequestAt({ ...ofAcme, from: eleven + 6 * minute })).toBe(undefined)
  })
}
