import { parseObject } from '@gw/adapters'
import { expect, test } from 'vitest'
import { createMemoryAlertStores } from '../alerts/create-memory-alert-stores.ts'
import { fieldOf, now, refused, startAdmin, vaultOf } from './__fixtures__/start-admin.ts'

const slack = { name: 'Ops', kind: 'webhook', format: 'slack', url: 'https://hooks.example.com/services/T0/B0/abcdef' }
const shown = {
  org_id: 'default',
  name: 'Ops',
  kind: 'webhook',
  enabled: true,
  format: 'slack',
  url_preview: 'https://hooks.example.com/…cdef',
  to: null,
  problem: null,
  created_at: now,
  updated_at: now,
}

/** A control plane whose webhooks and mails go nowhere. */
async function start(change: Parameters<typeof startAdmin>[0] = {}) {
  const sent: { url: string; body: string }[] = []
  const watched: (string | null)[] = []
  const fetch = async (request: Request): Promise<Response> => {
    sent.push({ url: request.url, body: await request.text() })
    return new Response(null, { status: sent.length === 1 ? 200 : 403 })
  }
  const watchAlerts = async (orgId: string | null): Promise<void> => void watched.push(orgId)
  const deps = { fetch, watchAlerts, allowPrivateUpstreams: false, ...change.deps }
  return { ...(await startAdmin({ ...change, deps })), sent, watched }
}

const listOf = ({ body }: { body: object }): Record<string, unknown>[] => {
  const data: unknown = 'data' in body ? body.data : []
  return Array.isArray(data) ? data.map((one) => parseObject(JSON.stringify(one)) ?? {}) : []
}

test('a rule for spend is there without anybody having made it, for organisations and for the operator', async () => {
  const { get } = await start()
  const own = listOf(await get('alert-rules'))
  const spend = {
    id: 'default-spend_per_hour',
    name: 'Spend per hour',
    kind: 'spend_per_hour',
    enabled: true,
    filter: {},
    error_type: null,
    warning: 1,
    critical: 5,
    unit: 'usd',
    window_seconds: 3600,
    least_requests: 1,
    cooldown_seconds: 3600,
    channels: null,
    digest: 'immediately',
    notify_resolved: true,
    is_default: true,
    created_at: 0,
    updated_at: 0,
  }
  expect(own[0]).toEqual({ ...spend, org_id: 'default' })
  expect(own.map(({ kind }) => kind)).toEqual([
    'spend_per_hour',
    'budget_used',
    'unknown_price',
    'budget_exceeded',
    'budget_passed',
    'neurons_exhausted',
    'key_rejected',
  ])
  const ofOperator = listOf(await get('alert-rules?system=true'))
  expect(ofOperator[0]).toEqual({ ...spend, org_id: null })
  expect(ofOperator.map(({ kind }) => kind)).toContain('limits_unchecked')
})

test('a rule that is there by default is changed, and restored by removing the change', async () => {
  const { get, patch, remove, watched } = await start()
  const path = 'alert-rules/default-spend_per_hour'
  const changed = await patch(path, { warning: 20, critical: null, digest: 'daily', notify_resolved: false })
  expect(changed).toMatchObject({
    status: 200,
    body: { warning: 20, critical: null, digest: 'daily', is_default: true },
  })
  expect((await get(path)).body).toEqual(changed.body)
  expect((await remove(path)).status).toBe(204)
  expect((await get(path)).body).toMatchObject({ warning: 1, critical: 5 })
  expect(await remove(path)).toMatchObject(refused(409, 'conflict', '"enabled":false'))
  expect(watched).toEqual(['default', 'default'])
})

test('a rule takes what is usual for its kind, and what is said of it', async () => {
  const { get, post, remove } = await start()
  const rule = { kind: 'error_rate', name: 'OpenAI fails', filter: { provider: 'openai' }, window_seconds: 600 }
  const made = await post('alert-rules', rule)
  expect(made).toMatchObject({
    status: 201,
    body: { ...rule, warning: 0.05, critical: 0.25, unit: 'share', least_requests: 20, is_default: false },
  })
  const path = `alert-rules/${fieldOf(made)}`
  expect((await get(path)).body).toEqual(made.body)
  expect((await remove(path)).status).toBe(204)
  expect(await get(path)).toMatchObject(refused(404, 'not_found', 'no alert rule'))
})

test.each([
  [{ kind: 'nonsense' }, 'kind: must be one of'],
  [{ kind: 'neurons' }, 'is for the operator'],
  [{ kind: 'error_rate', warning: null, critical: null }, 'warning: set'],
  [{ kind: 'error_rate', warning: 0.5, critical: 0.1 }, 'critical: is less'],
  [{ kind: 'budget_used', filter: { provider: 'openai' } }, 'filter: rules of kind budget_used'],
  [{ kind: 'error_rate', error_type: 'timeout' }, 'error_type: is for rules'],
  [{ kind: 'error_rate', channels: ['none'] }, 'channels: there is no channel'],
  [{ kind: 'error_rate', window_seconds: 1 }, 'window_seconds'],
])('the rule %j is refused', async (rule, words) => {
  const { post } = await start()
  expect(await post('alert-rules', rule)).toMatchObject(refused(400, 'invalid_request', words))
})

test('the operator’s rules are not for one organisation’s things', async () => {
  const { post } = await start()
  expect(await post('alert-rules?system=true', { kind: 'budget_used' })).toMatchObject(
    refused(400, 'invalid_request', 'is for organisations'),
  )
  expect(await post('alert-rules?system=true', { kind: 'neurons' })).toMatchObject({
    status: 201,
    body: { org_id: null },
  })
})

test('a channel is made, shown without its secret, tested, changed and removed', async () => {
  const { get, post, patch, remove, sent } = await start()
  const made = await post('alert-channels', slack)
  const id = fieldOf(made)
  expect([made.status, made.body]).toEqual([201, { id, ...shown }])
  expect(listOf(await get('alert-channels'))).toEqual([{ id, ...shown }])
  expect((await post(`alert-channels/${id}/test`)).body).toEqual({ ok: true, status_code: 200, error: null })
  expect(sent[0]).toEqual({ url: slack.url, body: expect.stringContaining('[test] Test · default') })

  const moved = await patch(`alert-channels/${id}`, {
    url: 'https://hooks.example.com/services/T0/B0/newone',
    name: 'New',
  })
  expect(moved.body).toMatchObject({ name: 'New', url_preview: 'https://hooks.example.com/…wone' })
  expect((await post(`alert-channels/${id}/test`)).body).toEqual({
    ok: false,
    status_code: 403,
    error: 'It answered 403.',
  })
  expect(sent[1]?.url).toBe('https://hooks.example.com/services/T0/B0/newone')
  expect(listOf(await get('alert-deliveries')).map(({ status, event_id }) => [status, event_id])).toEqual([
    ['failed', null],
    ['sent', null],
  ])
  expect((await remove(`alert-channels/${id}`)).status).toBe(204)
  expect(await post(`alert-channels/${id}/test`)).toMatchObject(refused(404, 'not_found', 'no alert channel'))
})

test('a webhook for programs has a signing secret, which is shown once', async () => {
  const { get, post } = await start()
  const made = await post('alert-channels', { ...slack, format: 'json' })
  expect(fieldOf(made, 'signing_secret')).toMatch(/^whsec_[0-9a-f]{64}$/)
  expect((await get(`alert-channels/${fieldOf(made)}`)).text).not.toContain('whsec_')
  const own = await post('alert-channels', { ...slack, format: 'json', signing_secret: 'a secret of my own' })
  expect(fieldOf(own, 'signing_secret')).toBe('a secret of my own')
})

test('a channel for mail says that the gateway cannot send any', async () => {
  const { post } = await start()
  const made = await post('alert-channels', { name: 'Mail', kind: 'email', to: ['ops@example.com'] })
  expect(made.body).toMatchObject({
    to: ['ops@example.com'],
    url_preview: null,
    problem: expect.stringContaining('EMAIL'),
  })
  expect((await post(`alert-channels/${fieldOf(made)}/test`)).body).toMatchObject({
    ok: false,
    error: expect.stringContaining('cannot send mail'),
  })
})

test.each([
  [{ ...slack, url: undefined }, 'invalid_request', 'url: is missing'],
  [{ ...slack, url: 'https://10.0.0.1/hook' }, 'blocked_upstream_url', 'not a public https address'],
  [{ ...slack, url: 'http://hooks.example.com/' }, 'blocked_upstream_url', 'not a public https address'],
  [{ name: 'Mail', kind: 'email' }, 'invalid_request', 'to: is missing'],
  [{ ...slack, format: 'xml' }, 'invalid_request', 'format'],
])('the channel %j is refused', async (channel, code, words) => {
  const { post } = await start()
  expect(await post('alert-channels', channel)).toMatchObject(refused(400, code, words))
})

test('without a master key no webhook can be stored', async () => {
  const { post } = await start({ control: { vault: undefined } })
  expect(await post('alert-channels', slack)).toMatchObject(refused(503, 'unavailable', 'no master key'))
})

test('no organisation sees the channels and alerts of another', async () => {
  const { get, post } = await start()
  await post('orgs', { id: 'acme' })
  const id = fieldOf(await post('alert-channels', slack))
  expect(listOf(await get('alert-channels?org_id=acme'))).toEqual([])
  expect(await post(`alert-channels/${id}/test?org_id=acme`)).toMatchObject(
    refused(404, 'not_found', 'no alert channel'),
  )
  expect(listOf(await get('alert-channels?system=true'))).toEqual([])
})

test('a change of the master key takes the secrets of channels along', async () => {
  const alerts = createMemoryAlertStores()
  const before = await start({ control: { alerts } })
  const id = fieldOf(await before.post('alert-channels', slack))
  const during = await start({ control: { alerts, vault: vaultOf(2, 1) } })
  expect((await during.get('master-key')).body).toMatchObject({ other_versions: 1 })
  expect((await during.post('master-key/rotate')).body).toEqual({ rewrapped: 1, remaining: 0, unreadable: [] })
  const after = await start({ control: { alerts, vault: vaultOf(2) } })
  expect((await after.post(`alert-channels/${id}/test`)).body).toMatchObject({ ok: true })
})

test('alerts come in pages, incidents before and after the notes between them', async () => {
  const alerts = createMemoryAlertStores()
  const { get, post, alertEvents } = await start({ control: { alerts } })
  const incident = {
    orgId: 'default',
    ruleId: 'r',
    ruleName: 'Rule',
    kind: 'error_rate',
    subject: 'all',
    severity: 'warning',
    message: 'm',
    value: 1,
    threshold: 1,
    updatedAt: 9,
    resolvedAt: null,
    notifiedAt: null,
    notifiedSeverity: null,
    isTold: false,
    notices: 0,
    notice: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
  } as const
  for (const [id, createdAt] of [
    ['a', 1],
    ['b', 3],
    ['c', 3],
  ] as const) {
    await alerts.incidents.save({ ...incident, id, createdAt, subject: id })
  }
  await alerts.incidents.save({ ...incident, id: 'd', kind: 'unknown_price', subject: 'known', createdAt: 4 })
  await alertEvents.add({ orgId: 'default', kind: 'unknown_price', subject: 'known', message: 'm', at: 2 })
  await alertEvents.add({ orgId: 'default', kind: 'unknown_price', subject: 'note', message: 'm', at: 2 })

  const subjects: unknown[] = []
  const pages = async (cursor: string | null): Promise<void> => {
    if (cursor === null) return
    const page = await get(`alert-events?limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
    subjects.push(listOf(page).map(({ subject }) => subject))
    await pages(page.body['next_cursor'] === null ? null : fieldOf(page, 'next_cursor'))
  }
  await pages('')
  expect(subjects).toEqual([['known', 'c'], ['b', 'note'], ['a']])
  expect(await get('alert-events?cursor=x')).toMatchObject(refused(400, 'invalid_request', 'cursor: '))

  expect((await post('alert-events/b/acknowledge')).body).toMatchObject({ state: 'acknowledged', acknowledged_at: now })
  expect(listOf(await get('alert-events?state=acknowledged')).map(({ id }) => id)).toEqual(['b'])
  await alerts.incidents.save({ ...incident, id: 'a', createdAt: 1, subject: 'a', resolvedAt: 9 })
  expect(await post('alert-events/a/acknowledge')).toMatchObject(refused(404, 'not_found', 'is over'))
})
