import { expect, test } from 'vitest'
import { fieldOf, now, refused, startAdmin } from './__fixtures__/start-admin.ts'

test('an organisation has its default gateway from the start, so that its keys work at once', async () => {
  const { app, get, post, patch } = await startAdmin()
  const made = await post('orgs', { id: 'acme', name: 'Acme', tier_id: 'PERSONAL' })
  const shown = { id: 'acme', name: 'Acme', tier_id: 'PERSONAL', created_at: now }
  expect([made.status, made.body]).toEqual([201, shown])
  expect((await get('gateways?org_id=acme')).body).toEqual({
    data: [{ id: 'default', org_id: 'acme', settings: {} }],
    next_cursor: null,
  })
  const key = fieldOf(await post('gateway-keys', { org_id: 'acme', name: 'app' }), 'key')
  expect((await app.request('/v1/models', { headers: { authorization: `Bearer ${key}` } })).status).toBe(200)
  expect((await get('orgs')).body).toMatchObject({ data: [shown, { id: 'default' }] })
  expect((await patch('orgs/acme', { tier_id: 'FREE' })).body).toEqual({ ...shown, tier_id: 'FREE' })
  expect((await patch('orgs/acme', { name: 'A' })).body).toEqual({ ...shown, tier_id: 'FREE', name: 'A' })
  expect((await post('orgs', { id: 'free' })).body).toMatchObject({ name: 'free', tier_id: 'FREE' })
})

test.each([
  [{}, 'id: is missing'],
  [{ id: 'Acme' }, 'id: must be lower-case'],
  [{ id: 'a--b' }, 'id: must be lower-case'],
  [{ id: 'a'.repeat(65) }, 'id: '],
  [{ id: 'acme', tier_id: 'GOLD' }, 'tier_id: there is no tier "GOLD"'],
  [{ id: 'acme', tier: 'FREE' }, 'tier: there is no such field'],
])('a new organisation %j is refused', async (body, words) => {
  const { post, get } = await startAdmin()
  expect(await post('orgs', body)).toMatchObject(refused(400, 'invalid_request', words))
  expect((await get('orgs')).body).toMatchObject({ data: [{ id: 'default' }] })
})

test('an id is taken once; what is not there is not found', async () => {
  const { post, patch, get } = await startAdmin()
  expect(await post('orgs', { id: 'default' })).toMatchObject(refused(409, 'conflict', 'PATCH /api/orgs/default'))
  expect(await patch('orgs/none', { name: 'x' })).toMatchObject(refused(404, 'not_found', 'GET /api/orgs'))
  expect(await get('orgs/none')).toMatchObject(refused(404, 'not_found', 'GET /api/orgs'))
})

test('users have an address of their own, and a tier in place of the organisation’s', async () => {
  const { post, get, patch } = await startAdmin()
  const made = await post('users', { email: 'Ann@example.com', name: 'Ann' })
  const shown = { id: fieldOf(made), email: 'Ann@example.com', name: 'Ann', tier_id: null, created_at: now }
  expect([made.status, made.body]).toEqual([201, shown])
  const bob = fieldOf(await post('users', { email: 'bob@example.com' }))
  expect(await post('users', { email: 'ann@EXAMPLE.com' })).toMatchObject(refused(409, 'conflict', 'email: '))
  expect(await patch(`users/${bob}`, { email: 'ann@example.com' })).toMatchObject(refused(409, 'conflict', 'email: '))
  expect((await patch(`users/${shown.id}`, { email: 'ann@example.com', tier_id: 'FREE' })).body).toMatchObject({
    email: 'ann@example.com',
    tier_id: 'FREE',
  })
  expect((await patch(`users/${shown.id}`, { tier_id: null })).body).toMatchObject({ tier_id: null, name: 'Ann' })
  expect((await get('users')).body).toMatchObject({
    data: expect.arrayContaining([expect.objectContaining({ id: bob })]),
  })
  expect(await patch('users/none', { name: 'x' })).toMatchObject(refused(404, 'not_found', 'GET /api/users'))
  expect(await get('users/none')).toMatchObject(refused(404, 'not_found', 'GET /api/users'))
})

test.each([
  [{ email: 'ann' }, 'email: '],
  [{ email: 'a@b.co', tier_id: 'GOLD' }, 'tier_id: '],
  [{ email: 'a@b.co', role: 'boss', org_id: 'default' }, 'role: '],
  [{ email: 'a@b.co', admin: true }, 'admin: there is no such field'],
])('a new user %j is refused', async (body, words) => {
  const { post, get } = await startAdmin()
  expect(await post('users', body)).toMatchObject(refused(400, 'invalid_request', words))
  expect((await get('users')).body).toEqual({ data: [], next_cursor: null })
})

test('members have a role; who leaves loses their keys there and nowhere else', async () => {
  const { get, put, post, remove, addUser } = await startAdmin()
  await post('orgs', { id: 'acme' })
  const id = await addUser('default')
  const made = await put(`orgs/acme/members/${id}`, { role: 'admin' })
  expect(made).toMatchObject({ status: 201, body: { org_id: 'acme', user_id: id, role: 'admin', created_at: now } })
  expect(await put(`orgs/acme/members/${id}`, { role: 'viewer' })).toMatchObject({
    status: 200,
    body: { role: 'viewer' },
  })
  expect((await get('orgs/acme/members')).body).toMatchObject({ data: [{ user_id: id, role: 'viewer' }] })

  for (const org_id of ['acme', 'default']) {
    await post('gateway-keys', { org_id, name: 'own', user_id: id })
    await post('gateway-keys', { org_id, name: 'shared' })
    await post('provider-keys', { org_id, provider: 'openai', level: 'user', user_id: id, key: 'sk' })
  }
  expect((await remove(`orgs/acme/members/${id}`)).status).toBe(204)
  const statesOf = async (org: string) => {
    const { text } = await get(`gateway-keys?org_id=${org}`)
    const keys: { name: string; revoked_at: number | null }[] = JSON.parse(text).data
    return Object.fromEntries(keys.map((key) => [key.name, key.revoked_at]))
  }
  expect(await statesOf('acme')).toEqual({ own: now, shared: null })
  expect((await get('provider-keys?org_id=acme')).body).toEqual({ data: [], next_cursor: null })
  expect(await statesOf('default')).toEqual({ own: null, shared: null })
  expect((await get('provider-keys')).body).toMatchObject({ data: [{ user_id: id }] })
  expect(await remove(`orgs/acme/members/${id}`)).toMatchObject(refused(404, 'not_found', 'no member'))
})

test('a user who is removed has no keys that work', async () => {
  const { get, post, remove, addUser } = await startAdmin()
  const id = await addUser('default')
  await post('gateway-keys', { name: 'own', user_id: id })
  expect((await remove(`users/${id}`)).status).toBe(204)
  expect((await get('gateway-keys')).body).toMatchObject({ data: [{ revoked_at: now }] })
  expect(await remove(`users/${id}`)).toMatchObject(refused(404, 'not_found', 'GET /api/users'))
})

test('a membership is of an organisation and a user that exist, in a role that exists', async () => {
  const { get, put, addUser } = await startAdmin()
  const id = await addUser()
  expect(await get('orgs/none/members')).toMatchObject(refused(404, 'not_found', 'no organisation'))
  expect(await put(`orgs/none/members/${id}`, { role: 'owner' })).toMatchObject(
    refused(404, 'not_found', 'organisation'),
  )
  expect(await put('orgs/default/members/none', { role: 'owner' })).toMatchObject(refused(404, 'not_found', 'no user'))
  expect(await put(`orgs/default/members/${id}`, { role: 'boss' })).toMatchObject(
    refused(400, 'invalid_request', 'role: '),
  )
})

test('tiers are made, changed and removed, unless somebody has them', async () => {
  const { get, post, patch, remove } = await startAdmin()
  const gold = { id: 'GOLD', name: 'Gold', requests_per_day: 5, requests_per_minute: null, tokens_per_minute: 1000 }
  expect(await post('tiers', { id: 'GOLD', name: 'Gold', requests_per_day: 5, tokens_per_minute: 1000 })).toMatchObject(
    {
      status: 201,
      body: gold,
    },
  )
  expect(await post('tiers', { id: 'GOLD' })).toMatchObject(refused(409, 'conflict', 'PATCH /api/tiers/GOLD'))
  const changed = await patch('tiers/GOLD', { requests_per_day: null, requests_per_minute: 3 })
  expect(changed.body).toEqual({ ...gold, requests_per_day: null, requests_per_minute: 3 })
  expect((await get('tiers')).body).toMatchObject({ data: expect.arrayContaining([changed.body]) })
  expect((await remove('tiers/GOLD')).status).toBe(204)
  expect(await remove('tiers/GOLD')).toMatchObject(refused(404, 'not_found', 'GET /api/tiers'))
  expect(await patch('tiers/GOLD', {})).toMatchObject(refused(404, 'not_found', 'GET /api/tiers'))
  expect(await remove('tiers/BUSINESS')).toMatchObject(refused(409, 'conflict', 'Give them another one'))
})

test.each([
  [{}, 'id: is missing'],
  [{ id: 'a b' }, 'id: must be letters'],
  [{ id: 'A', requests_per_day: -1 }, 'requests_per_day: '],
  [{ id: 'A', requests_per_day: 0.5 }, 'requests_per_day: '],
  [{ id: 'A', requests_per_hour: 1 }, 'requests_per_hour: there is no such field'],
])('a new tier %j is refused', async (body, words) => {
  const { post } = await startAdmin()
  expect(await post('tiers', body)).toMatchObject(refused(400, 'invalid_request', words))
})

test('a new tier of the organisation counts for the next request', async () => {
  const { get, post, patch, addUser } = await startAdmin()
  await post('orgs', { id: 'acme' })
  const limits = () => get('limits?org_id=acme')
  expect((await limits()).body).toMatchObject({ tier: { id: 'FREE' }, data: [{ id: 'requests_per_day', limit: 10 }] })
  await patch('orgs/acme', { tier_id: 'PERSONAL' })
  expect((await limits()).body).toMatchObject({
    principal: { kind: 'org', id: 'acme' },
    data: [{ id: 'requests_per_day', limit: 100, used: 0, remaining: 100, resets_at: 1_795_046_400_000 }],
  })
  await patch('tiers/PERSONAL', { requests_per_day: 7 })
  expect((await limits()).body).toMatchObject({ data: [{ limit: 7 }] })
  const id = await addUser('acme')
  await patch(`users/${id}`, { tier_id: 'PROFESSIONAL' })
  expect((await get(`limits?org_id=acme&user_id=${id}`)).body).toMatchObject({
    tier: { id: 'PROFESSIONAL' },
    principal: { kind: 'user', id },
  })
  expect(await get(`limits?user_id=${id}`)).toMatchObject(refused(400, 'invalid_request', 'user_id: '))
})
