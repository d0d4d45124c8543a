import { expect, test } from 'vitest'
import { fieldOf, now, refused, startAdmin } from '../admin/__fixtures__/start-admin.ts'
import { createMemorySignInStore } from './create-memory-sign-in-store.ts'
import { sha256 } from './sha-256.ts'

const password = 'a long enough password'
const ann = { admin_key: 'admin', email: 'ann@example.com', name: 'Ann', password }

async function start() {
  const signIns = createMemorySignInStore()
  const admin = await startAdmin({ control: { signIns } })
  const send = async (
    method: string,
    path: string,
    { body, headers = {} }: { body?: object; headers?: Record<string, string> } = {},
  ) => {
    const response = await admin.app.request(`/api/${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  /** A session of a user, as headers. */
  const signedIn = async (userId: string): Promise<Record<string, string>> => {
    const tokens = { tokenHash: await sha256(`token-${userId}`), previousHash: null, csrfToken: 'csrf' }
    await signIns.addSession({ id: userId, userId, ...tokens, createdAt: now, rotatedAt: now, expiresAt: now + 1000 })
    return { cookie: `gw_session=token-${userId}`, 'x-gw-csrf': 'csrf' }
  }
  return { ...admin, signIns, send, signedIn }
}

test('a page of another origin signs nobody in, with whatever account', async () => {
  const { send } = await start()
  await send('POST', 'setup', { body: ann })
  const body = { email: ann.email, password }
  for (const origin of ['https://evil.example', 'null']) {
    const answer = await send('POST', 'session', { body, headers: { origin } })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null])
  }
  expect((await send('POST', 'session', { body, headers: { origin: 'http://localhost' } })).status).toBe(201)
})

test('who tries passwords, keys and invitations in vain keeps nobody else out', async () => {
  const { send, post } = await start()
  await send('POST', 'setup', { body: ann })
  const { body: invited } = await post('invitations', { email: 'bob@example.com' })
  const evil = { 'cf-connecting-ip': '203.0.113.9' }
  for (let attempt = 0; attempt < 11; attempt += 1) {
    await send('POST', 'session', { body: { email: ann.email, password: 'wrong wrong wrong' }, headers: evil })
    await send('POST', 'session', { body: { admin_key: 'wrong' }, headers: evil })
    await send('POST', 'invitations/accept', { body: { token: 'wrong', password }, headers: evil })
  }
  expect((await send('POST', 'session', { body: { email: ann.email, password }, headers: evil })).status).toBe(429)
  const own = { 'cf-connecting-ip': '198.51.100.7' }
  expect((await send('POST', 'session', { body: { email: ann.email, password }, headers: own })).status).toBe(201)
  expect((await send('POST', 'session', { body: { admin_key: 'admin' }, headers: own })).status).toBe(201)
  const choice = { token: invited['token'], password }
  expect((await send('POST', 'invitations/accept', { body: choice, headers: own })).status).toBe(201)
})

test('a password cannot be tried from many addresses without end', async () => {
  const { send } = await start()
  await send('POST', 'setup', { body: ann })
  const last = { status: 0 }
  for (let attempt = 0; attempt < 101; attempt += 1) {
    const headers = { 'cf-connecting-ip': `203.0.113.${attempt}` }
    last.status = (await send('POST', 'session', { body: { email: ann.email, password: 'no' }, headers })).status
  }
  expect(last.status).toBe(429)
}, 60_000)

test('of two setups at once one makes the first user', async () => {
  const { send, control } = await start()
  const answers = await Promise.all([
    send('POST', 'setup', { body: ann }),
    send('POST', 'setup', { body: { ...ann, email: 'eve@example.com' } }),
  ])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
  expect(await control.users.list()).toHaveLength(1)
  expect(await control.memberships.list('default')).toHaveLength(1)
})

test('whoever is set up to run the gateway has no invitation of before', async () => {
  const { send, post } = await start()
  const { body } = await post('invitations', { email: ann.email, role: 'viewer' })
  await send('POST', 'setup', { body: ann })
  const choice = { token: body['token'], password: 'chosen by somebody else' }
  expect((await send('POST', 'invitations/accept', { body: choice })).status).toBe(401)
})

test('a new invitation ends those of before, whoever holds them', async () => {
  const { send, post } = await start()
  await post('orgs', { id: 'acme' })
  const first = await post('invitations', { email: 'bob@example.com', org_id: 'acme' })
  await post('invitations', { email: 'bob@example.com', org_id: 'default' })
  const choice = { token: first.body['token'], password }
  expect((await send('POST', 'invitations/accept', { body: choice })).status).toBe(401)
})

test('a password from before somebody belonged anywhere opens nothing once they are invited', async () => {
  const { send, post, remove } = await start()
  await post('orgs', { id: 'evil' })
  const { body } = await post('invitations', { email: 'bob@example.com', org_id: 'evil' })
  const accepted = await send('POST', 'invitations/accept', { body: { token: body['token'], password } })
  const cookie = accepted.headers.get('set-cookie')?.split(';')[0] ?? ''
  await remove(`orgs/evil/members/${String(body['user_id'])}`)
  await post('invitations', { email: 'bob@example.com' })
  expect((await send('POST', 'session', { body: { email: 'bob@example.com', password } })).status).toBe(401)
  expect((await send('GET', 'session', { headers: { cookie } })).status).toBe(401)
})

test('an invitation of a user who is removed makes nobody an operator', async () => {
  const { send, post, remove } = await start()
  const { body } = await post('invitations', { email: 'bob@example.com' })
  await remove(`users/${String(body['user_id'])}`)
  const answer = await send('POST', 'invitations/accept', { body: { token: body['token'], password } })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
})

test('If-Match where nothing can be read is refused, also by who is not signed in', async () => {
  const { send } = await start()
  const headers = { 'if-match': '"x"' }
  const answer = await send('POST', 'session', { body: { admin_key: 'admin' }, headers })
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('If-Match')])
})

test('signing in is not kept for an Idempotency-Key, and its audit row names who did it', async () => {
  const { send, control } = await start()
  await send('POST', 'setup', { body: ann })
  const headers = { 'idempotency-key': 'k' }
  const body = { email: ann.email, password }
  for (const attempt of [1, 2]) {
    const answer = await send('POST', 'session', { body, headers })
    expect([attempt, answer.status, answer.headers.get('set-cookie')]).toEqual([attempt, 201, expect.any(String)])
  }
  const [row] = await control.audit.list({ orgId: null, limit: 1 })
  expect(row?.actor).toMatchObject({ kind: 'user', name: ann.email })
})

test('an owner gives nobody a tier, and makes nobody of another organisation a member', async () => {
  const { post, send, signedIn, addUser } = await start()
  await post('orgs', { id: 'acme' })
  const owner = await signedIn(fieldOf(await post('users', { email: 'o@example.com', org_id: 'acme', role: 'owner' })))
  const body = { email: 'new@example.com', org_id: 'acme', tier_id: 'BUSINESS' }
  expect((await send('POST', 'users', { body, headers: owner })).status).toBe(403)
  expect((await send('POST', 'users', { body: { ...body, tier_id: null }, headers: owner })).status).toBe(201)
  expect(await post('users', { ...body, email: 'other@example.com' })).toMatchObject({ status: 201 })

  const id = await addUser('default')
  const put = await send('PUT', `orgs/acme/members/${id}`, { body: { role: 'viewer' }, headers: owner })
  expect([put.status, put.text]).toEqual([404, expect.stringContaining('no user')])
  const invited = await send('POST', 'invitations', {
    body: { email: 'ann@example.com', org_id: 'acme' },
    headers: owner,
  })
  expect([invited.status, invited.text.includes(id)]).toEqual([409, false])
})

test('two owners who remove each other at once leave one', async () => {
  const { put, post, remove, control } = await start()
  await post('orgs', { id: 'acme' })
  const ids = await Promise.all(
    ['a@example.com', 'b@example.com'].map(async (email) =>
      fieldOf(await post('users', { email, org_id: 'acme', role: 'owner' })),
    ),
  )
  const answers = await Promise.all(ids.map((id) => remove(`orgs/acme/members/${id}`)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409])
  const [last] = await control.memberships.list('acme')
  expect(last?.role).toBe('owner')
  expect(await put(`orgs/acme/members/${last?.userId}`, { role: 'admin' })).toMatchObject(
    refused(409, 'conflict', 'last owner'),
  )
})
