import { expect, test } from 'vitest'
import { fieldOf, now, refused, startAdmin } from './__fixtures__/start-admin.ts'

const models = (admin: Awaited<ReturnType<typeof startAdmin>>, key: string) =>
  Promise.resolve(admin.app.request('/v1/models', { headers: { authorization: `Bearer ${key}` } }))

test('a key is shown once with its secret, and then without', async () => {
  const admin = await startAdmin()
  const userId = await admin.addUser()
  const scopes = { models: ['openai/*'], gateways: ['default'] }
  const made = await admin.post('gateway-keys', { name: 'app', user_id: userId, scopes, expires_at: now + 1 })
  const { key, ...shown } = made.body
  expect([made.status, key]).toEqual([201, expect.stringMatching(/^gw_[\w-]{43}$/)])
  expect(shown).toEqual({
    id: expect.any(String),
    org_id: 'default',
    user_id: userId,
    name: 'app',
    last_four: String(key).slice(-4),
    scopes,
    created_at: now,
    expires_at: now + 1,
    revoked_at: null,
    last_used_at: null,
    previous_until: null,
  })
  const listed = await admin.get('gateway-keys')
  expect(listed.body).toEqual({ data: [shown], next_cursor: null })
  expect((await admin.get(`gateway-keys/${fieldOf(made)}`)).body).toEqual(shown)
  expect(listed.text).not.toContain(key)
})

test('name, scopes and expiry change; what is absent stays', async () => {
  const { post, patch } = await startAdmin()
  const id = fieldOf(await post('gateway-keys', { name: 'app', expires_at: now + 5 }))
  const changed = await patch(`gateway-keys/${id}`, { name: 'other', scopes: { providers: [] } })
  expect(changed).toMatchObject({
    status: 200,
    body: { name: 'other', scopes: { providers: [] }, expires_at: now + 5 },
  })
  expect((await patch(`gateway-keys/${id}`, { expires_at: null })).body).toMatchObject({
    name: 'other',
    expires_at: null,
  })
  expect((await patch(`gateway-keys/${id}`)).status).toBe(200)
})

test('a rotated key has a new secret at once, and the old one works until its time', async () => {
  const admin = await startAdmin()
  const made = await admin.post('gateway-keys', { name: 'app' })
  const rotated = await admin.post(`gateway-keys/${fieldOf(made)}/rotate`)
  expect(rotated).toMatchObject({ status: 200, body: { id: fieldOf(made), previous_until: now + 86_400_000 } })
  const secrets = [fieldOf(made, 'key'), fieldOf(rotated, 'key')]
  const statuses = async () => Promise.all(secrets.map(async (secret) => (await models(admin, secret)).status))
  expect(await statuses()).toEqual([200, 200])
  const again = await admin.post(`gateway-keys/${fieldOf(made)}/rotate`, { overlap_seconds: 0 })
  secrets.push(fieldOf(again, 'key'))
  expect(await statuses()).toEqual([401, 401, 200])
})

test('a revoked key works no more, stays in the list, and gets no new secret', async () => {
  const admin = await startAdmin()
  const made = await admin.post('gateway-keys', { name: 'app' })
  expect((await models(admin, fieldOf(made, 'key'))).status).toBe(200)
  expect((await admin.remove(`gateway-keys/${fieldOf(made)}`)).status).toBe(204)
  expect((await models(admin, fieldOf(made, 'key'))).status).toBe(401)
  expect((await admin.get(`gateway-keys/${fieldOf(made)}`)).body).toMatchObject({ revoked_at: now })
  const rotated = await admin.post(`gateway-keys/${fieldOf(made)}/rotate`)
  expect(rotated).toMatchObject(refused(409, 'conflict', 'Make another key'))
})

test('no organisation sees or changes the key of another', async () => {
  const { post, get, patch, remove } = await startAdmin()
  await post('orgs', { id: 'acme' })
  const id = fieldOf(await post('gateway-keys', { name: 'app' }))
  const answers = [
    await get(`gateway-keys/${id}?org_id=acme`),
    await patch(`gateway-keys/${id}`, { org_id: 'acme', name: 'x' }),
    await post(`gateway-keys/${id}/rotate?org_id=acme`),
    await remove(`gateway-keys/${id}?org_id=acme`),
  ]
  for (const answer of answers) expect(answer).toMatchObject(refused(404, 'not_found', 'no gateway key'))
  expect((await get('gateway-keys?org_id=acme')).body).toEqual({ data: [], next_cursor: null })
  expect((await get(`gateway-keys/${id}`)).body).toMatchObject({ name: 'app', revoked_at: null })
})

test.each([
  [{}, 'name: is missing'],
  [{ name: ' ' }, 'name: '],
  [{ name: 'a', nmae: 'b' }, 'nmae: there is no such field'],
  [{ name: 'a', scopes: { model: [] } }, 'scopes.model: there is no such field'],
  [{ name: 'a', scopes: { models: [5] } }, 'scopes.models.0: '],
  [{ name: 'a', expires_at: now }, 'expires_at: this moment is over'],
  [{ name: 'a', expires_at: '2027-01-01' }, 'expires_at: '],
  [{ name: 'a', user_id: 'nobody' }, 'user_id: organisation "default" has no member "nobody"'],
  ['[]', 'The body: '],
  ['{', 'The body is not JSON'],
])('a new key %j is refused', async (body, words) => {
  const { post } = await startAdmin()
  expect(await post('gateway-keys', body)).toMatchObject(refused(400, 'invalid_request', words))
})

test.each([-1, 0.5, 2_592_001, '60'])('an overlap of %j seconds is refused', async (seconds) => {
  const { post } = await startAdmin()
  const id = fieldOf(await post('gateway-keys', { name: 'app' }))
  const rotated = await post(`gateway-keys/${id}/rotate`, { overlap_seconds: seconds })
  expect(rotated).toMatchObject(refused(400, 'invalid_request', 'overlap_seconds: '))
})

test('an organisation that does not exist is not found, whatever is asked of it', async () => {
  const { get, post, put } = await startAdmin()
  const paths = [
    'logs',
    'logs/x',
    'gateway-keys',
    'provider-keys',
    'gateways',
    'budgets',
    'prices',
    'usage',
    'limits',
    'alert-events',
  ]
  for (const path of paths) {
    expect(await get(`${path}?org_id=nobody`)).toMatchObject(refused(404, 'not_found', 'no organisation "nobody"'))
  }
  const answers = [
    await post('gateway-keys', { org_id: 'nobody', name: 'a' }),
    await post('provider-keys', { org_id: 'nobody', level: 'org', provider: 'openai', key: 'sk' }),
    await post('budgets', { org_id: 'nobody', name: 'a', scope: 'org', period: 'day', limit_usd: 1 }),
    await post('prices', { org_id: 'nobody', provider: 'openai', model: 'x', prices: { input: 1 } }),
    await put('gateways/a', { org_id: 'nobody', settings: {} }),
    await post('reprice', { org_id: 'nobody', from: 0, to: 1 }),
    await get('key-resolution?org_id=nobody&provider=openai'),
  ]
  for (const answer of answers) expect(answer).toMatchObject(refused(404, 'not_found', 'no organisation "nobody"'))
  const both = await post('gateway-keys?org_id=default', { org_id: 'acme', name: 'a' })
  expect(both).toMatchObject(refused(400, 'invalid_request', 'different organisations'))
})

test('a path that is not there says so, and every path needs the admin key', async () => {
  const { app, get } = await startAdmin()
  expect(await get('nothing')).toMatchObject(refused(404, 'not_found', 'nothing at GET /api/nothing'))
  const paths = ['/api/orgs', '/api/provider-keys', '/api/master-key', '/api/usage', '/api/nothing', '/metrics']
  for (const path of paths) expect((await app.request(path)).status).toBe(401)
})
