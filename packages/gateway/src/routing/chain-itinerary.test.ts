import { createKeyResolver } from '@gw/keys'
import { expect, test } from 'vitest'
import { behave } from '../__fixtures__/any-upstream.ts'
import { startMemoryGateway } from '../__fixtures__/memory-gateway.ts'
import { createMemoryGatewayStore } from '../gateways/create-memory-gateway-store.ts'
import type { GatewaySettings } from '../gateways/gateway-store.ts'

const [mini, large, haiku, sonnet] = [
  'openai/gpt-4o-mini',
  'openai/gpt-4o',
  'anthropic/claude-haiku-4-5',
  'anthropic/claude-sonnet-4-5',
] as const
const env = { OPENAI_API_KEY: 'sk', ANTHROPIC_API_KEY: 'sk', CLOUDFLARE_API_TOKEN: 'cf' }
const answers: Readonly<Record<string, number>> = { auth: 401, model_not_found: 404, upstream_error: 500 }

/** A gateway whose providers refuse some models with these failures. */
async function start(settings: GatewaySettings, failing: Readonly<Record<string, string>>) {
  const called: string[] = []
  const fetch = async (request: Request): Promise<Response> => {
    const { model } = JSON.parse(await request.clone().text())
    called.push(model)
    const status = answers[failing[model] ?? '']
    if (status === undefined) return behave(request, { kind: 'right' })
    return Response.json({ error: { message: 'No.' } }, { status })
  }
  const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)
  const { app, rows, rowsReach } = await startMemoryGateway(fetch, {
    gateways: createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings }]),
    keyResolver: createKeyResolver({ env, now: () => 1_795_000_000_000, random }),
  })
  return async (model: string) => {
    called.length = 0
    const count = rows.length + 1
    const response = await app.request('https://gw.test/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: 'Bearer gw_test', 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hi' }] }),
    })
    await response.text()
    await rowsReach(count)
    return { status: response.status, called: [...called], row: rows[count - 1] }
  }
}

test('a list that names what failed already does not lead back to it', async () => {
  const failing = { 'gpt-4o-mini': 'upstream_error', 'gpt-4o': 'upstream_error' }
  const ask = await start({ fallbacks: [{ to: [large, mini, large, haiku] }] }, failing)
  expect(await ask(mini)).toMatchObject({ status: 200, called: ['gpt-4o-mini', 'gpt-4o', 'claude-haiku-4-5'] })
})

test('nor does a strategy that it ends in, whose steps the row has too', async () => {
  const failing = { 'gpt-4o-mini': 'upstream_error', 'claude-haiku-4-5': 'upstream_error' }
  const settings = { fallbacks: [{ to: ['auto/cheapest'] }], routing: { models: [mini, haiku, sonnet] } }
  const { status, called, row } = await (await start(settings, failing))(mini)
  expect([status, called]).toEqual([200, ['gpt-4o-mini', 'claude-haiku-4-5', 'claude-sonnet-4-5']])
  expect(row?.attempts.map(({ step }) => step)).toEqual([0, 1, 2])
  expect(row?.routing?.fallbacks).toEqual([
    { from: mini, error_type: 'upstream_error', to: haiku },
    { from: haiku, error_type: 'upstream_error', to: sonnet },
  ])
})

test('a strategy of a list that finds nothing leaves the failure as it was', async () => {
  const failing = { 'gpt-4o-mini': 'upstream_error', 'gpt-4o': 'upstream_error' }
  const settings = { fallbacks: [{ to: ['auto/cheapest', large] }], routing: { models: ['nowhere/x'] } }
  const { status, called, row } = await (await start(settings, failing))(mini)
  expect([status, called, row?.error_type]).toEqual([500, ['gpt-4o-mini', 'gpt-4o'], 'upstream_error'])
})

test('a named model that its provider does not have makes room by the rule for that', async () => {
  const rules = [
    { on: ['model_not_found' as const], to: [haiku] },
    { on: ['upstream_error' as const], to: [sonnet] },
  ]
  const ask = await start({ fallbacks: rules }, { 'gpt-4o-mini': 'model_not_found' })
  expect((await ask(mini)).called).toEqual(['gpt-4o-mini', 'claude-haiku-4-5'])
  // It rests.
  expect((await ask(mini)).called).toEqual(['claude-haiku-4-5'])
})

test('what the gateway allows holds for the free level as well', async () => {
  const ask = await start({ routing: { models: [mini] } }, { 'gpt-4o-mini': 'auth' })
  expect(await ask('auto/cheapest')).toMatchObject({ status: 401, called: ['gpt-4o-mini'] })
})
