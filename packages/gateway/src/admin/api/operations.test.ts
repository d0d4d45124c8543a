import { expect, test } from 'vitest'
import { fieldOf, now, refused, startAdmin, vaultOf } from '../__fixtures__/start-admin.ts'

const budget = { name: 'b', scope: 'org', period: 'day', limit_usd: 1 }

test('every write leaves an audit row, without secrets, and reads and refusals leave none', async () => {
  const { get, post, patch, remove } = await startAdmin()
  const made = await post('budgets', budget)
  const id = fieldOf(made)
  await patch(`budgets/${id}`, { limit_usd: 2 })
  await post('provider-keys', { level: 'org', provider: 'openai', key: 'sk-very-secret-0123456789' })
  await post('budgets', { ...budget, period: 'week' })
  await get('budgets')
  await post('router/explain', {})
  await remove(`budgets/${id}`)
  const { body, text } = await get('audit')
  const about = { at: now, org_id: 'default', actor: { kind: 'operator', id: null, name: 'admin key' } }
  expect(body).toMatchObject({
    data: [
      { ...about, action: 'DELETE /budgets/:id', method: 'DELETE', subject: id, status: 204, changes: {} },
      { ...about, action: 'POST /provider-keys', changes: { provider: 'openai', level: 'org', key: '[secret]' } },
      { ...about, action: 'PATCH /budgets/:id', path: `/api/budgets/${id}`, subject: id, status: 200 },
      {
        ...about,
        action: 'POST /budgets',
        subject: id,
        status: 201,
        changes: { name: 'b', scope: 'org', period: 'day', limit_usd: 1 },
      },
    ],
    next_cursor: null,
  })
  expect(text).not.toContain('very-secret')
})

test('audit rows come in pages, by action, and apart from those of the gateway as a whole', async () => {
  const { get, post } = await startAdmin()
  for (const name of ['one', 'two', 'three']) await post('budgets', { ...budget, name })
  await post('tiers', { id: 'GOLD' })
  const first = await get('audit?limit=2')
  expect(first.body['data']).toMatchObject([{ changes: { name: 'three' } }, { changes: { name: 'two' } }])
  const rest = await get(`audit?limit=2&cursor=${first.body['next_cursor']}`)
  expect(rest.body).toMatchObject({ data: [{ changes: { name: 'one' } }], next_cursor: null })
  expect((await get('audit?system=true')).body).toMatchObject({ data: [{ action: 'POST /tiers', org_id: null }] })
  expect((await get('audit?action=tiers')).body).toMatchObject({ data: [] })
})

async function startCalls(hasVault = true) {
  const admin = await startAdmin({ control: { vault: hasVault ? vaultOf(1) : undefined } })
  const call = async (
    method: string,
    path: string,
    options: { body?: object; headers?: Record<string, string> } = {},
  ) => {
    const response = await admin.app.request(`/api/${path}`, {
      method,
      headers: { authorization: 'Bearer admin', 'content-type': 'application/json', ...options.headers },
      ...(options.body && { body: JSON.stringify(options.body) }),
    })
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  return { ...admin, send: call }
}

test('a POST with an Idempotency-Key is done once, and the same again gets the first answer', async () => {
  const { send, get } = await startCalls()
  const headers = { 'idempotency-key': 'k1' }
  const first = await send('POST', 'gateway-keys', { body: { name: 'app' }, headers })
  const second = await send('POST', 'gateway-keys', { body: { name: 'app' }, headers })
  expect([second.status, second.text, second.headers.get('idempotency-replayed')]).toEqual([201, first.text, 'true'])
  expect((await get('gateway-keys')).body['data']).toHaveLength(1)
  expect((await get('audit')).body['data']).toHaveLength(1)
  const other = await send('POST', 'gateway-keys', { body: { name: 'other' }, headers })
  expect([other.status, other.text]).toEqual([409, expect.stringContaining('another request')])
  expect(
    (await send('POST', 'gateway-keys', { body: { name: 'app' }, headers: { 'idempotency-key': 'k2' } })).status,
  ).toBe(201)
})

test('without a vault an answer with a secret is not kept, and the same again says so', async () => {
  const { send } = await startCalls(false)
  const headers = { 'idempotency-key': 'k1' }
  const first = await send('POST', 'gateway-keys', { body: { name: 'app' }, headers })
  const { key }: { key: string } = JSON.parse(first.text)
  const second = await send('POST', 'gateway-keys', { body: { name: 'app' }, headers })
  expect([second.status, second.text.includes(key)]).toEqual([409, false])
})

test('a request that failed can be sent again with its Idempotency-Key', async () => {
  const { send } = await startCalls()
  const headers = { 'idempotency-key': 'k1' }
  const wrong = { ...budget, scope: 'gateway', scope_id: 'none' }
  expect((await send('POST', 'budgets', { body: wrong, headers })).status).toBe(400)
  expect((await send('POST', 'budgets', { body: budget, headers })).status).toBe(201)
})

test('If-Match changes only what is still as it was read, and spending does not count', async () => {
  const { send, post } = await startCalls()
  const path = `budgets/${fieldOf(await post('budgets', budget))}`
  const read = await send('GET', path)
  const tag = read.headers.get('etag') ?? ''
  expect(tag).toMatch(/^"[\da-f]{24}"$/)
  expect((await send('GET', path, { headers: { 'if-none-match': tag } })).status).toBe(304)
  const change = await send('PATCH', path, { body: { name: 'c' }, headers: { 'if-match': tag } })
  expect(change.status).toBe(200)
  const late = await send('PATCH', path, { body: { name: 'd' }, headers: { 'if-match': tag } })
  expect([late.status, late.text]).toEqual([412, expect.stringContaining('precondition_failed')])
  const now = { 'if-match': change.headers.get('etag') ?? '' }
  expect((await send('DELETE', path, { headers: now })).status).toBe(204)
})

test('lists come in pages', async () => {
  const { get, post } = await startAdmin()
  for (const name of ['one', 'two', 'three']) await post('budgets', { ...budget, name })
  const first = await get('budgets?limit=2')
  expect(first.body).toMatchObject({ data: [{ name: 'one' }, { name: 'two' }] })
  const rest = await get(`budgets?limit=2&cursor=${first.body['next_cursor']}`)
  expect(rest.body).toMatchObject({ data: [{ name: 'three' }], next_cursor: null })
  expect(await get('budgets?cursor=gone')).toMatchObject(refused(400, 'invalid_request', 'cursor'))
})

interface Document {
  openapi: string
  paths: Record<string, Record<string, { operationId: string; requestBody?: unknown; responses: object }>>
}

test('the OpenAPI document has every operation once, with what it takes and answers', async () => {
  const { app } = await startAdmin()
  const response = await app.request('/api/openapi.json')
  const document: Document = JSON.parse(await response.text())
  expect(document.openapi).toBe('3.1.0')
  const ids = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  )
  expect(ids.length).toBeGreaterThan(90)
  expect(new Set(ids).size).toBe(ids.length)
  expect(document.paths['/api/budgets/{id}']?.['patch']).toMatchObject({
    operationId: 'patchBudgetsById',
    parameters: [
      { name: 'id', in: 'path', required: true },
      { name: 'org_id', in: 'query', required: false, schema: { type: 'string', minLength: 1 } },
    ],
    requestBody: {
      content: {
        'application/json': {
          schema: { type: 'object', additionalProperties: false, properties: { mode: { enum: ['hard', 'warn'] } } },
        },
      },
    },
    responses: {
      200: {
        content: { 'application/json': { schema: { type: 'object', required: expect.arrayContaining(['id']) } } },
      },
    },
  })
})

test('the documentation is a page without scripts that names every path', async () => {
  const { app } = await startAdmin()
  const response = await app.request('/api/docs')
  const page = await response.text()
  expect(response.headers.get('content-type')).toContain('text/html')
  expect(page).not.toContain('<script')
  const { paths }: Document = JSON.parse(await (await app.request('/api/openapi.json')).text())
  for (const path of Object.keys(paths)) expect(page).toContain(`<code>${path}</code>`)
})
