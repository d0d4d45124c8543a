import { Secret } from '@gw/keys'
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { vaultOf } from '../admin/__fixtures__/start-admin.ts'
import { json, slack, start, startDesk } from './__fixtures__/start-desk.ts'
import type { Email } from './send-to-channel.ts'
import { ruleOf } from './default-rules.ts'
import { ledgerName } from '../ledger/ledger-name.ts'

const minute = 60_000
const hour = 60 * minute
/** 12:00 UTC. */
const noon = Math.ceil(start / hour) * hour

test('$1 an hour warns once, $5 is critical, and the next hour ends it, without any configuration', async () => {
  const { desk, clock, spend, addChannel, titles } = startDesk()
  await addChannel(slack)
  spend(0.6)
  expect(await desk.run('acme')).toBe(undefined)
  spend(0.5)
  expect(await desk.run('acme')).toBe(start + minute)
  await desk.run('acme')
  expect(titles()).toEqual(['[warning] Spend per hour · acme'])

  clock.now += minute
  spend(4)
  await desk.run('acme')
  await desk.run('acme')
  expect(titles().slice(1)).toEqual(['[now critical] Spend per hour · acme'])

  clock.now = noon
  expect(await desk.run('acme')).toBe(undefined)
  expect(titles().slice(2)).toEqual(['[resolved] Spend per hour · acme'])
})

test('the operator hears of the spend of all organisations together, and no organisation of another’s', async () => {
  const { desk, spend, addChannel, titles } = startDesk()
  await addChannel(slack, { name: 'acme' })
  await addChannel(slack, { name: 'operator', orgId: null })
  spend(0.6)
  spend(0.6, { org_id: 'other' })
  for (const owner of ['acme', 'other', null]) await desk.run(owner)
  expect(titles()).toEqual(['[warning] Spend per hour · all organisations'])
})

test('a message that cannot be delivered is tried six times within about an hour, then given up', async () => {
  const { desk, clock, spend, addChannel, answers, received, stores } = startDesk()
  await addChannel(slack)
  answers.push(...Array.from({ length: 6 }, () => new Response('secret words of theirs', { status: 500 })))
  spend(2)
  const waits: number[] = []
  for (let tries = 0; tries < 6; tries += 1) {
    await desk.run('acme')
    await desk.run('acme')
    const dueAt = await stores.deliveries.nextDueAt('acme')
    if (dueAt !== undefined) waits.push(dueAt - clock.now)
    clock.now = dueAt ?? clock.now
  }
  expect(waits.map((ms) => ms / minute)).toEqual([0.5, 2, 5, 15, 40])
  const [fired] = received.map(({ headers }) => headers.get('gw-delivery-id'))
  expect(received.filter(({ headers }) => headers.get('gw-delivery-id') === fired)).toHaveLength(6)
  // The hour has ended meanwhile, and that is told too.
  expect(await stores.deliveries.list({ orgId: 'acme', limit: 9 })).toMatchObject([
    { status: 'sent', message: { change: 'resolved' } },
    { status: 'failed', attempts: 6, lastStatusCode: 500, lastError: 'It answered 500.', finishedAt: clock.now },
  ])
})

test('a message arrives after a failure, and a channel may ask for a longer pause', async () => {
  const { desk, clock, spend, addChannel, answers, received, stores } = startDesk()
  await addChannel(slack)
  answers.push(new Response(null, { status: 429, headers: { 'retry-after': '90' } }))
  spend(2)
  await desk.run('acme')
  expect(await stores.deliveries.nextDueAt('acme')).toBe(start + 90_000)
  clock.now += 90_000
  await desk.run('acme')
  expect(received).toHaveLength(2)
  expect(await stores.deliveries.list({ orgId: 'acme', limit: 9 })).toMatchObject([{ status: 'sent', attempts: 2 }])
})

test('signed JSON verifies by an HMAC of somebody else’s', async () => {
  const { desk, spend, addChannel, received } = startDesk()
  await addChannel(json)
  spend(2)
  await desk.run('acme')
  const [{ headers, body } = { headers: new Headers(), body: '' }] = received
  const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers.get('gw-signature') ?? '') ?? []
  expect(time).toBe('1795000000')
  expect(createHmac('sha256', 'shh').update(`${time}.${body}`).digest('hex')).toBe(signature)
  expect(JSON.parse(body)).toMatchObject({
    type: 'alert',
    alerts: [{ change: 'fired', severity: 'warning', kind: 'spend_per_hour', org_id: 'acme', value: 2, threshold: 1 }],
  })
})

test.each([
  ['http://hooks.example.com/', 'is not a public https address'],
  ['https://169.254.169.254/latest', 'is not a public https address'],
  ['https://[::1]/', 'is not a public https address'],
])('nothing is sent to %s', async (url, words) => {
  const { desk, spend, addChannel, received, stores } = startDesk()
  const channel = await addChannel(slack)
  const { id, orgId } = channel
  const sealed = await vaultOf(1).seal(new Secret(JSON.stringify({ url, signing_secret: null })), {
    orgId,
    providerId: 'alert-channel',
    recordId: id,
  })
  await stores.secrets.put({ id, orgId, purpose: 'alert-channel', sealed })
  spend(2)
  await desk.run('acme')
  expect(received).toEqual([])
  const [delivery] = await stores.deliveries.list({ orgId: 'acme', limit: 1 })
  expect([delivery?.status, delivery?.lastError]).toEqual(['queued', expect.stringContaining(words)])
})

test('a redirect is not followed, and an error of the network quotes nothing', async () => {
  const failing = startDesk({
    fetch: async () => {
      throw new TypeError('fetch failed: https://hooks.example.com/secret')
    },
  })
  const moved = startDesk()
  moved.answers.push(new Response(null, { status: 302, headers: { location: 'http://localhost/' } }))
  const errors = []
  for (const { desk, addChannel, spend, stores } of [failing, moved]) {
    await addChannel(slack)
    spend(2)
    await desk.run('acme')
    errors.push((await stores.deliveries.list({ orgId: 'acme', limit: 1 }))[0]?.lastError)
  }
  expect(errors).toEqual([
    'It could not be sent (TypeError).',
    'It answered with a redirect (302), which is not followed.',
  ])
  expect(moved.received).toHaveLength(1)
})

test('a digest gathers what happens until the full hour into one message', async () => {
  const { desk, clock, events, addChannel, received, titles, stores } = startDesk()
  await addChannel(slack)
  const rule = { ...ruleOf('unknown_price', 'acme'), digest: 'hourly' as const, createdAt: 1, updatedAt: 1 }
  await stores.rules.save({ ...rule, id: 'default-unknown_price' })
  for (const subject of ['openai/x', 'openai/y', 'groq/z']) {
    await events.add({
      orgId: 'acme',
      kind: 'unknown_price',
      subject,
      message: `${subject} has no known price.`,
      at: clock.now,
    })
  }
  await desk.run('acme')
  expect([received.length, await stores.deliveries.nextDueAt('acme')]).toEqual([0, noon])
  clock.now = noon
  await desk.run('acme')
  expect(titles()).toEqual(['3 alerts of the gateway'])
  expect(received[0]?.body).toContain('groq/z has no known price.')
})

test('an event becomes an incident that ends two hours after the last one', async () => {
  const { desk, clock, events, stores } = startDesk()
  const event = { orgId: null, kind: 'limits_unchecked', subject: 'ledger', message: 'Nobody knows.' } as const
  await events.add({ ...event, at: clock.now })
  await desk.run(null)
  clock.now += hour
  await events.add({ ...event, at: clock.now })
  await desk.run(null)
  clock.now += 2 * hour
  await desk.run(null)
  expect(await stores.incidents.list({ orgId: null, limit: 9 })).toMatchObject([
    { severity: 'critical', message: 'Nobody knows.', subject: 'ledger', resolvedAt: null },
  ])
  clock.now += 1
  await desk.run(null)
  expect(await stores.incidents.list({ orgId: null, limit: 9 })).toMatchObject([{ resolvedAt: clock.now }])
})

test('budgets, error rates, error types, silence and health are looked at', async () => {
  const { desk, clock, rows, spend, stores, budgets, services } = startDesk()
  const save = (kind: Parameters<typeof ruleOf>[0], change: object = {}) =>
    stores.rules.save({ ...ruleOf(kind, 'acme'), id: kind, createdAt: 1, updatedAt: 1, ...change })
  await save('error_rate', { leastRequests: 4 })
  await save('error_pattern', { errorType: 'timeout', warning: 2, filter: { provider: 'groq' } })
  await save('no_data')
  await save('model_health')
  const budget = { id: 'b', orgId: 'acme', name: 'Team', scope: 'org', scopeId: null, period: 'day' } as const
  await budgets.add({ ...budget, limitNanoUsd: 1000, mode: 'hard', createdAt: 0, disabledAt: null })
  const ledger = services.ledgers.open(ledgerName.budgets('acme'))
  const counters = [{ id: 'b', limit: 1000, window: { kind: 'day' }, isHard: true }] as const
  await ledger.reserve({ id: 'r', counters: [...counters], amount: 850, holdMs: minute })
  await ledger.settle([{ id: 'r', amount: 850 }])
  for (let failures = 0; failures < 12; failures += 1) {
    const outcome = { at: clock.now, ok: false, type: 'upstream_error' } as const
    services.health.observe({ target: 'groq/llama', outcome }, { orgId: 'acme', background: () => undefined })
  }
  services.health.refresh({ orgId: 'acme', background: () => undefined })
  for (const error_type of ['timeout', 'timeout', null, null] as const) spend(0, { error_type, provider: 'groq' })

  await desk.run('acme')
  const open = await stores.incidents.list({ orgId: 'acme', limit: 9 })
  expect(Object.fromEntries(open.map(({ kind, message }) => [kind, message]))).toMatchObject({
    error_rate: '50 % of the requests of 5 minutes failed (all requests); the threshold is 25 %. 2 of 4 requests.',
    error_pattern: '2 requests failed with timeout within 5 minutes (provider=groq); the threshold is 2 requests.',
    model_health: 'groq/llama fails (100 %); the threshold is 100 %. It rests and is not called.',
    budget_used: '85 % of the budget "Team" are spent; the threshold is 80 %.',
  })
  clock.now += 30 * minute
  rows.length = 1
  await desk.run('acme')
  const still = await stores.incidents.list({ orgId: 'acme', limit: 9, state: 'open' })
  expect(still.map(({ kind }) => kind).toSorted()).toEqual(['budget_used', 'model_health', 'no_data'])
  expect(still[0]?.message).toBe('There was no request for 30 minutes (all requests); the threshold is 30 minutes.')
})

test('a rule that is switched off or removed ends its incidents, and nobody is told', async () => {
  const { desk, spend, stores, addChannel, received } = startDesk()
  await addChannel(slack)
  spend(2)
  await desk.run('acme')
  const at = { createdAt: 1, updatedAt: 1 }
  await stores.rules.save({
    ...ruleOf('spend_per_hour', 'acme'),
    id: 'default-spend_per_hour',
    ...at,
    isEnabled: false,
  })
  await desk.run('acme')
  expect(await stores.incidents.list({ orgId: 'acme', limit: 9 })).toMatchObject([{ resolvedAt: start }])
  expect(received).toHaveLength(1)
})

test('a rule about silence has the desk look every minute, where no request comes to wake it', async () => {
  const { desk, stores } = startDesk()
  await stores.rules.save({ ...ruleOf('no_data', 'acme'), id: 'n', createdAt: 1, updatedAt: 1 })
  expect(await desk.run('acme')).toBe(start + minute)
  expect(await desk.run('other')).toBe(undefined)
})

test('channels that are named get it, others and those that are off do not', async () => {
  const { desk, spend, stores, addChannel, received } = startDesk()
  const named = await addChannel(slack, { name: 'named' })
  const off = await addChannel(slack, { name: 'off', isEnabled: false })
  await addChannel(slack, { name: 'other' })
  const rule = { ...ruleOf('spend_per_hour', 'acme'), id: 'default-spend_per_hour', createdAt: 1, updatedAt: 1 }
  await stores.rules.save({ ...rule, channels: [named.id, off.id] })
  spend(2)
  await desk.run('acme')
  expect(received.map(({ url }) => url)).toEqual(['https://hooks.example.com/named'])
})

test('mail is sent where that is possible; elsewhere the delivery says that it is not', async () => {
  const mails: Email[] = []
  const able = startDesk({ sendEmail: async (email) => void mails.push(email) })
  const unable = startDesk()
  for (const { desk, addChannel, spend } of [able, unable]) {
    await addChannel({ kind: 'email', to: ['ops@example.com'] })
    spend(2)
    await desk.run('acme')
  }
  expect(mails).toMatchObject([{ to: ['ops@example.com'], subject: '[warning] Spend per hour · acme' }])
  expect((await unable.stores.deliveries.list({ orgId: 'acme', limit: 1 }))[0]?.lastError).toContain('cannot send mail')
})

test('a notice that a crash kept from being queued is queued with the next look, and once', async () => {
  const { desk, spend, stores, addChannel, received } = startDesk()
  await addChannel(slack)
  const { add } = stores.deliveries
  stores.deliveries.add = async () => {
    throw new Error('The database is away.')
  }
  spend(2)
  await expect(desk.run('acme')).rejects.toThrow('away')
  stores.deliveries.add = add
  await desk.run('acme')
  await desk.run('acme')
  expect(received).toHaveLength(1)
})

test('a rule that cannot be looked at is reported, and keeps nobody from the others', async () => {
  const { desk, spend, stores, reports } = startDesk()
  stores.facts.failures = async () => {
    throw new Error('away')
  }
  await stores.rules.save({ ...ruleOf('error_rate', 'acme'), id: 'e', createdAt: 1, updatedAt: 1 })
  spend(2)
  await desk.run('acme')
  expect(reports).toHaveLength(1)
  expect(await stores.incidents.list({ orgId: 'acme', limit: 9 })).toMatchObject([{ kind: 'spend_per_hour' }])
})
