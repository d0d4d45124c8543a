import { expect, test } from 'vitest'
import { refused, startAdmin } from './__fixtures__/start-admin.ts'

test('a gateway is made and set with one call, and removed', async () => {
  const { get, put, remove } = await startAdmin()
  const settings = { retry_max_attempts: 3, rate_limiting_limit: 5, rate_limiting_interval: 60 }
  const shown = { id: 'team-a', org_id: 'default', settings }
  expect((await put('gateways/team-a', { settings })).body).toEqual(shown)
  expect((await get('gateways')).body).toEqual({
    data: [{ id: 'default', org_id: 'default', settings: {} }, shown],
    next_cursor: null,
  })
  const renewed = { ...shown, settings: { collect_logs: false } }
  expect((await put('gateways/team-a', { settings: { collect_logs: false } })).body).toEqual(renewed)
  expect((await get('gateways/team-a')).body).toEqual(renewed)
  expect((await remove('gateways/team-a')).status).toBe(204)
  expect(await remove('gateways/team-a')).toMatchObject(refused(404, 'not_found', 'no gateway'))
  expect(await get('gateways/team-a')).toMatchObject(refused(404, 'not_found', 'no gateway'))
})

test('the default gateway stays', async () => {
  const { get, remove } = await startAdmin()
  expect(await remove('gateways/default')).toMatchObject(refused(409, 'conflict', 'stays'))
  expect((await get('gateways/default')).status).toBe(200)
})

test('no organisation removes the gateway of another', async () => {
  const { get, put, post, remove } = await startAdmin()
  await post('orgs', { id: 'acme' })
  await put('gateways/a', { settings: {} })
  await put('gateways/a', { org_id: 'acme', settings: { collect_logs: false } })
  expect((await remove('gateways/a?org_id=acme')).status).toBe(204)
  expect((await get('gateways/a')).body).toEqual({ id: 'a', org_id: 'default', settings: {} })
})

test.each([
  [{}, 'settings: is missing'],
  [{ settings: { retry_max_attempts: 9 } }, 'settings.retry_max_attempts: '],
  [{ settings: { retries: 1 } }, 'settings.retries: there is no such field'],
  [{ settings: { rate_limiting_limit: 5 } }, 'rate_limiting_interval (seconds) go together'],
  [{ settings: {}, name: 'x' }, 'name: there is no such field'],
])('settings %j are refused', async (body, words) => {
  const { put } = await startAdmin()
  expect(await put('gateways/a', body)).toMatchObject(refused(400, 'invalid_request', words))
})

test('a name that cannot stand in a URL is refused', async () => {
  const { put } = await startAdmin()
  expect(await put('gateways/Team%20A', { settings: {} })).toMatchObject(refused(400, 'invalid_request', 'id: must be'))
})

test.each([
  [{ routing: { models: ['openai/gpt-5', 'opnai/gpt-5'] } }, 'settings.routing.models.1', 'opnai/gpt-5'],
  [{ routing: { constraints: { deny: ['gpt-5'] } } }, 'settings.routing.constraints.deny.0', 'gpt-5'],
  [{ routing: { providers: { opnai: { region: 'eu' } } } }, 'settings.routing.providers.opnai', 'opnai'],
  [{ fallbacks: [{ to: ['auto', 'dynamic/x'] }] }, 'settings.fallbacks.0.to.1', 'dynamic/x'],
  [{ fallbacks: [{ models: ['claude'], to: 'stop' }] }, 'settings.fallbacks.0.models.0', 'claude'],
])('a target that leads nowhere is refused by name: %j', async (settings, param, name) => {
  const { put } = await startAdmin()
  const answer = await put('gateways/team-a', { settings })
  expect(answer).toMatchObject(refused(400, 'invalid_request', `${param}: "${name}"`))
})

test('strategies, patterns and aliases lead somewhere', async () => {
  const { put } = await startAdmin()
  const settings = {
    routing: { models: ['openai/gpt-5'], constraints: { allow: ['openai', '*-internal', '*/gpt-*'] } },
    fallbacks: [{ models: ['openai/*'], on: ['timeout'], to: ['auto/cheapest', 'xai/grok-4'] }],
  }
  expect((await put('gateways/team-a', { settings })).body).toMatchObject({ settings })
})
