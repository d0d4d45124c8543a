import { expect, test } from 'vitest'
import { AdminApiError, createAdminClient } from './admin-client.ts'
import type { AdminApi } from './admin/admin-operations.ts'
import { startAdmin } from './admin/__fixtures__/start-admin.ts'

/** A client of a gateway in memory, with the admin key. */
async function start() {
  const { app } = await startAdmin()
  const asked: string[] = []
  const api = createAdminClient<AdminApi>({
    baseUrl: 'http://gw.test',
    headers: () => ({ authorization: 'Bearer admin' }),
    fetch: async (request) => {
      asked.push(`${request.method} ${request.url.replace('http://gw.test', '')}`)
      return app.fetch(request)
    },
  })
  return { api, asked }
}

test('an operation is called by its name, with what it takes, and answers what it says', async () => {
  const { api, asked } = await start()
  const made = await api('POST /budgets', { body: { name: 'b', scope: 'org', period: 'day', limit_usd: '1.50' } })
  expect(made.limit_nano_usd).toBe(1_500_000_000)
  const { data } = await api('GET /budgets', { query: { org_id: 'default', limit: 10 } })
  expect(data.map(({ id }) => id)).toEqual([made.id])
  expect(await api('DELETE /budgets/:id', { params: { id: made.id } })).toBe(undefined)
  expect(asked).toEqual([
    'POST /api/budgets',
    'GET /api/budgets?org_id=default&limit=10',
    `DELETE /api/budgets/${made.id}`,
  ])
})

test('a refusal says what is wrong and where', async () => {
  const { api } = await start()
  const refusal = api('POST /budgets', { body: { name: 'b', scope: 'org', period: 'day', limit_usd: -1 } })
  await expect(refusal).rejects.toThrow(AdminApiError)
  await expect(refusal).rejects.toMatchObject({ status: 400, code: 'invalid_request', param: 'limit_usd' })
})

test('an answer that is not the gateway’s is an error too', async () => {
  const api = createAdminClient<AdminApi>({
    baseUrl: 'http://gw.test',
    fetch: async () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
  })
  await expect(api('GET /tiers')).rejects.toMatchObject({ status: 502, code: 'internal' })
})

test('a parameter stays within its segment of the path', async () => {
  const { api, asked } = await start()
  await expect(api('DELETE /budgets/:id', { params: { id: 'a/../../tiers' } })).rejects.toMatchObject({ status: 404 })
  expect(asked).toEqual(['DELETE /api/budgets/a%2F..%2F..%2Ftiers'])
  for (const id of ['..', '.', '']) {
    await expect(api('DELETE /budgets/:id', { params: { id } })).rejects.toThrow('cannot stand in a path')
  }
  expect(asked).toHaveLength(1)
})
