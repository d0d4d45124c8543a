import { expect, test } from 'vitest'
import { startGateway } from './start-gateway.ts'

const name = 'openai/gpt-4o-mini'

test.each([
  ['/v1/models', {}, { id: name, object: 'model', owned_by: 'openai', context_window: 128_000 }],
  ['/v1/models', { 'anthropic-version': '2023-06-01' }, { id: name, type: 'model' }],
  ['/v1beta/models', {}, { name: `models/${name}`, inputTokenLimit: 128_000 }],
  // $0.15 and $0.60 a million tokens.
  ['/v1/acc/default/compat/models', {}, { id: name, owned_by: 'openai', cost_in: 1.5e-7, cost_out: 6e-7 }],
])('%s with %j lists models', async (path, headers, model) => {
  const gateway = await startGateway()
  const response = await gateway.send(path, { headers: { authorization: `Bearer ${gateway.key}`, ...headers } })
  const lists: Record<string, unknown> = await response.json()
  expect(lists[path.startsWith('/v1beta') ? 'models' : 'data']).toEqual(
    expect.arrayContaining([expect.objectContaining(model)]),
  )
})

test.each([
  ['/v1/models/', {}, { id: name, object: 'model' }],
  ['/v1/models/', { 'anthropic-version': '2023-06-01' }, { id: name, type: 'model' }],
  ['/v1beta/models/', {}, { name: `models/${name}` }],
])('%s… with %j is one model', async (path, headers, model) => {
  const gateway = await startGateway()
  const authorization = `Bearer ${gateway.key}`
  const response = await gateway.send(path + name, { headers: { authorization, ...headers } })
  expect(await response.json()).toMatchObject(model)
  const missing = await gateway.send(`${path}openai/nothing`, { headers: { authorization, ...headers } })
  expect([missing.status, JSON.stringify(await missing.json())]).toEqual([
    404,
    expect.stringContaining('openai/nothing'),
  ])
})

test('strategies and deployed dynamic routes are listed with the models', async () => {
  const gateway = await startGateway((deps) => ({
    dynamicRoutes: {
      ...deps.dynamicRoutes,
      list: async () => [
        {
          id: 'r',
          name: 'support',
          createdAt: 0,
          modifiedAt: 0,
          deployment: { id: 'd', versionId: 'v', createdAt: 0 },
          version: undefined,
        },
        { id: 's', name: 'draft', createdAt: 0, modifiedAt: 0, deployment: undefined, version: undefined },
      ],
    },
  }))
  const response = await gateway.send('/v1/models', { headers: { authorization: `Bearer ${gateway.key}` } })
  const { data }: { data: { id: string }[] } = await response.json()
  const chosen = data.map(({ id }) => id).filter((id) => /^(?:auto|dynamic)\//.test(id))
  expect(chosen).toEqual(['auto/balanced', 'auto/cheapest', 'auto/fastest', 'auto/quality', 'dynamic/support'])
})

test('strangers see no models', async () => {
  const gateway = await startGateway()
  expect((await gateway.send('/v1/models')).status).toBe(401)
  expect((await gateway.send(`/v1/models/${name}`)).status).toBe(401)
})
