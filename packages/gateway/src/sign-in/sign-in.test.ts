import { expect, test } from 'vitest'
import { startAdmin } from '../admin/__fixtures__/start-admin.ts'
import { createMemorySignInStore } from './create-memory-sign-in-store.ts'
import { hashPassword, isPassword } from './hash-password.ts'

const hourMs = 3_600_000
const ann = { email: 'ann@example.com', name: 'Ann', password: 'correct horse battery' }

interface Said {
  body?: object
  headers?: Record<string, string>
}

interface Browser {
  send(method: string, path: string, said?: Said): Promise<Response>
  cookie(): string | undefined
}

/** Keeps its cookie, as a browser does. */
function browserOf(app: { request(path: string, init: RequestInit): Response | Promise<Response> }): Browser {
  let cookie: string | undefined
  return {
    cookie: () => cookie,
    send: async (method, path, { body, headers = {} } = {}) => {
      const response = await app.request(path, {
        method,
        headers: { 'content-type': 'application/json', ...(cookie && { cookie }), ...headers },
        ...(body && { body: JSON.stringify(body) }),
      })
      const [pair] = response.headers.get('set-cookie')?.split(';') ?? []
      if (pair !== undefined) cookie = pair.endsWith('=') ? undefined : pair
      return response
    },
  }
}

async function start() {
  const clock = { now: 1_795_000_000_000 }
  const signIns = createMemorySignInStore()
  const admin = await startAdmin({ control: { signIns }, deps: { now: () => clock.now } })
  return { ...admin, clock, signIns, browser: () => browserOf(admin.app) }
}

async function setUp(browser: Browser): Promise<string> {
  const response = await browser.send('POST', '/api/setup', { body: { admin_key: 'admin', ...ann } })
  expect(response.status).toBe(201)
  const { csrf_token }: { csrf_token: string } = JSON.parse(await response.text())
  return csrf_token
}

test('the first user is made with the admin key, once, and is signed in', async () => {
  const { browser } = await start()
  const first = browser()
  expect(await (await first.send('GET', '/api/setup')).json()).toEqual({ needed: true })
  expect((await first.send('POST', '/api/setup', { body: { admin_key: 'wrong', ...ann } })).status).toBe(401)
  await setUp(first)
  expect(await (await first.send('GET', '/api/session')).json()).toMatchObject({
    user: { email: ann.email, name: 'Ann' },
    is_operator: true,
    memberships: [{ org_id: 'default', role: 'owner' }],
  })
  expect(await (await first.send('GET', '/api/setup')).json()).toEqual({ needed: false })
  const again = await browser().send('POST', '/api/setup', {
    body: { admin_key: 'admin', ...ann, email: 'b@example.com' },
  })
  expect(again.status).toBe(409)
})

test('the cookie is for the gateway alone, and by TLS it is bound to the host', async () => {
  const { app } = await start()
  const setup = (url: string) =>
    app.request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ admin_key: 'admin' }),
    })
  const plain = (await setup('http://gw.example/api/session')).headers.get('set-cookie')
  expect(plain).toMatch(/^gw_session=[\da-f]{64}; Path=\/; Max-Age=1209600; HttpOnly; SameSite=Strict$/)
  const secure = (await setup('https://gw.example/api/session')).headers.get('set-cookie')
  expect(secure).toMatch(/^__Host-gw_session=[\da-f]{64}; Path=\/; Max-Age=1209600; HttpOnly; SameSite=Strict; Secure$/)
})

test('a write with a session needs its token and a page of the gateway, a read does not', async () => {
  const { browser } = await start()
  const page = browser()
  const csrf = await setUp(page)
  const budget = { name: 'b', scope: 'org', period: 'day', limit_usd: 1 }
  expect((await page.send('GET', '/api/budgets')).status).toBe(200)
  expect((await page.send('POST', '/api/budgets', { body: budget })).status).toBe(403)
  expect((await page.send('POST', '/api/budgets', { body: budget, headers: { 'x-gw-csrf': 'wrong' } })).status).toBe(
    403,
  )
  const elsewhere = { 'x-gw-csrf': csrf, origin: 'https://evil.example' }
  expect((await page.send('POST', '/api/budgets', { body: budget, headers: elsewhere })).status).toBe(403)
  const own = { 'x-gw-csrf': csrf, origin: 'http://localhost' }
  expect((await page.send('POST', '/api/budgets', { body: budget, headers: own })).status).toBe(201)
})

test('a token is replaced once an hour; the one before is good until the new one was used', async () => {
  const { browser, clock } = await start()
  const page = browser()
  await setUp(page)
  const first = page.cookie() ?? ''
  clock.now += hourMs
  await page.send('GET', '/api/session')
  const second = page.cookie() ?? ''
  expect(second).not.toBe(first)
  const withFirst = () => browser().send('GET', '/api/session', { headers: { cookie: first } })
  clock.now += 120_000
  // The answer with the new token may never have arrived.
  expect((await withFirst()).status).toBe(200)
  clock.now += 120_000
  expect((await browser().send('GET', '/api/session', { headers: { cookie: second } })).status).toBe(401)
})

test('once the new token was used the one before is nothing any more', async () => {
  const { browser, clock } = await start()
  const page = browser()
  await setUp(page)
  const first = page.cookie() ?? ''
  clock.now += hourMs
  await page.send('GET', '/api/session')
  clock.now += 61_000
  expect((await page.send('GET', '/api/session')).status).toBe(200)
  expect((await browser().send('GET', '/api/session', { headers: { cookie: first } })).status).toBe(401)
  expect((await page.send('GET', '/api/session')).status).toBe(200)
})

test('signing out and the end of its time end a session', async () => {
  const { browser, clock } = await start()
  const page = browser()
  const csrf = await setUp(page)
  const cookie = page.cookie() ?? ''
  expect((await page.send('DELETE', '/api/session', { headers: { 'x-gw-csrf': csrf } })).status).toBe(204)
  expect(page.cookie()).toBe(undefined)
  expect((await browser().send('GET', '/api/session', { headers: { cookie } })).status).toBe(401)
  const other = browser()
  await other.send('POST', '/api/session', { body: { email: 'ANN@example.com', password: ann.password } })
  expect((await other.send('GET', '/api/session')).status).toBe(200)
  clock.now += 14 * 86_400_000
  expect((await other.send('GET', '/api/session')).status).toBe(401)
})

test('a wrong password and an unknown address answer the same, and can be tried ten times', async () => {
  const { browser } = await start()
  await setUp(browser())
  const tryIn = async (email: string) => {
    const response = await browser().send('POST', '/api/session', { body: { email, password: 'wrong wrong wrong' } })
    const { error }: { error: { code: string; message: string } } = JSON.parse(await response.text())
    return { status: response.status, ...error, log_id: undefined }
  }
  const unknown = await tryIn('nobody@example.com')
  expect(await tryIn(ann.email)).toEqual(unknown)
  expect(unknown).toMatchObject({ status: 401, code: 'unauthenticated' })
  for (let attempt = 2; attempt <= 10; attempt += 1) expect((await tryIn(ann.email)).status).toBe(401)
  expect((await tryIn(ann.email)).status).toBe(429)
})

test('an invitation chooses a password once, and ends other sessions of the user', async () => {
  const { browser, post, get } = await start()
  await setUp(browser())
  const made = await post('invitations', { email: 'bob@example.com', name: 'Bob', role: 'viewer' })
  const { token, user_id } = made.body
  const bob = browser()
  const choice = { token, password: 'a long enough password' }
  expect((await bob.send('POST', '/api/invitations/accept', { body: { token, password: 'short' } })).status).toBe(400)
  const accepted = await bob.send('POST', '/api/invitations/accept', { body: choice })
  expect(await accepted.json()).toMatchObject({
    user: { id: user_id, email: 'bob@example.com' },
    is_operator: false,
    memberships: [{ org_id: 'default', role: 'viewer' }],
  })
  expect((await browser().send('POST', '/api/invitations/accept', { body: choice })).status).toBe(401)
  expect((await bob.send('GET', '/api/users')).status).toBe(403)
  const audit = await get('audit?action=invitations')
  expect(audit.text).not.toContain(String(token))
})

test('an owner cannot choose the password of somebody who belongs elsewhere too', async () => {
  const { browser, post, put, control } = await start()
  await setUp(browser())
  await post('orgs', { id: 'acme' })
  const { body } = await post('invitations', { email: 'bob@example.com', role: 'owner', org_id: 'acme' })
  const bob = browser()
  const accepted = await bob.send('POST', '/api/invitations/accept', {
    body: { token: body['token'], password: ann.password },
  })
  const { csrf_token }: { csrf_token: string } = JSON.parse(await accepted.text())
  const [boss] = await control.memberships.list('default')
  await put(`orgs/acme/members/${boss?.userId}`, { role: 'member' })
  const taken = await bob.send('POST', '/api/invitations', {
    body: { email: ann.email, org_id: 'acme' },
    headers: { 'x-gw-csrf': csrf_token },
  })
  expect(taken.status).toBe(409)
})

test('whom Cloudflare Access vouches for is signed in as the user with that address', async () => {
  const verifyAccess = async (assertion: string) => (assertion === 'good' ? ann.email : undefined)
  const admin = await startAdmin({ deps: { verifyAccess } })
  await setUp(browserOf(admin.app))
  const ask = (method: string, assertion: string, headers: Record<string, string> = {}) =>
    admin.app.request('/api/orgs', {
      method,
      headers: { 'cf-access-jwt-assertion': assertion, 'content-type': 'application/json', ...headers },
      ...(method === 'POST' && { body: '{"id":"acme"}' }),
    })
  expect((await ask('GET', 'good')).status).toBe(200)
  expect((await ask('GET', 'bad')).status).toBe(401)
  expect((await ask('POST', 'good')).status).toBe(403)
  expect((await ask('POST', 'good', { 'x-gw-csrf': 'access' })).status).toBe(201)
})

test('a hashed password is known again, in another form of the same characters too, and no other is', async () => {
  const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)
  const hashed = await hashPassword('caf\u00E9 au lait', random)
  expect(hashed).toMatch(/^pbkdf2-sha512-3x70000\$[\da-f]{32}\$[\da-f]{64}$/)
  expect(await isPassword('cafe\u0301 au lait', hashed)).toBe(true)
  expect(await isPassword('cafe au lait', hashed)).toBe(false)
  expect(await isPassword('', '$$')).toBe(false)
})
