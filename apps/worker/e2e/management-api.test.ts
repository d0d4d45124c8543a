import Cloudflare from 'cloudflare'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { adminKey, gatewayKey, gatewayUrl, rowOf, uniqueWord } from './gateway-under-test.ts'

const account_id = 'account-1'
const { aiGateway } = new Cloudflare({ apiToken: adminKey, baseURL: `${gatewayUrl}/client/v4`, maxRetries: 0 })

type Filters = NonNullable<Cloudflare.AIGateway.LogListParams['filters']>

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
const settings = {
  cache_invalidate_on_update: true,
  cache_ttl: 60,
  collect_logs: true,
  rate_limiting_interval: 60,
  rate_limiting_limit: 50,
  rate_limiting_technique: 'sliding',
} as const

describe('gateways with Cloudflare’s SDK', () => {
  test('are made, read, listed, changed and deleted', async () => {
    const id = uniqueWord().toLowerCase()
    const made = await aiGateway.create({ account_id, id, ...settings, log_management: 100_000 })
    expect(made).toMatchObject({ id, ...settings, log_management: 100_000, created_at: time, modified_at: time })
    expect(await aiGateway.get(id, { account_id })).toEqual(made)

    const found: string[] = []
    for await (const gateway of aiGateway.list({ account_id, per_page: 1 })) found.push(gateway.id)
    expect(found).toEqual(expect.arrayContaining(['default', id]))
    expect(new Set(found).size).toBe(found.length)

    const changed = await aiGateway.update(id, { account_id, ...settings, cache_ttl: 0, retry_max_attempts: 3 })
    expect(changed).toMatchObject({ id, cache_ttl: 0, retry_max_attempts: 3, created_at: made.created_at })

    expect(await aiGateway.urls.get('openai', { account_id, gateway_id: id })).toBe(
      `${gatewayUrl}/v1/${account_id}/${id}/openai`,
    )
    expect(await aiGateway.delete(id, { account_id })).toMatchObject({ id })
    await expect(aiGateway.get(id, { account_id })).rejects.toMatchObject({ status: 400 })
  })

  test('what would be relied on and is not done is refused with what to use', async () => {
    const id = uniqueWord().toLowerCase()
    const body = { id, ...settings, zdr: true }
    await expect(aiGateway.create({ account_id, ...body })).rejects.toThrow(/zdr: gw does not take this\. Use routing/)
    await expect(aiGateway.get(id, { account_id })).rejects.toMatchObject({ status: 400 })
  })

  test('need the admin key', async () => {
    const stranger = new Cloudflare({ apiToken: gatewayKey, baseURL: `${gatewayUrl}/client/v4`, maxRetries: 0 })
    await expect(stranger.aiGateway.get('default', { account_id })).rejects.toMatchObject({ status: 401 })
  })
})

/** A request with its own mark; its row has arrived. */
async function ask(mark: string, model = 'openai/gpt-4o-mini') {
  const client = new OpenAI({ apiKey: gatewayKey, baseURL: `${gatewayUrl}/v1`, maxRetries: 0 })
  const { response } = await client.chat.completions
    .create(
      { model, messages: [{ role: 'user', content: `Say ${mark}.` }] },
      { headers: { 'cf-aig-metadata': JSON.stringify({ mark }) } },
    )
    .withResponse()
  const id = response.headers.get('cf-aig-log-id') ?? ''
  await rowOf(id)
  return id
}

describe('logs with Cloudflare’s SDK', () => {
  const gateway_id = 'default'
  const about = { account_id, gateway_id }

  test('are found by their filters, page by page, and judged', async () => {
    const mark = uniqueWord()
    const ids = [await ask(mark), await ask(mark), await ask(mark, 'anthropic/claude-haiku-4-5')]
    const filters: Filters = [
      { key: 'metadata.key', operator: 'eq', value: ['mark'] },
      { key: 'metadata.value', operator: 'eq', value: [mark] },
    ]
    const found: string[] = []
    for await (const row of aiGateway.logs.list(gateway_id, { account_id, per_page: 2, filters })) {
      found.push(row.id)
    }
    expect(found).toEqual(ids.toReversed())

    const openai: Filters = [{ key: 'provider', operator: 'eq', value: ['openai'] }]
    const page = await aiGateway.logs.list(gateway_id, { account_id, filters: [...filters, ...openai] })
    expect(page.result.map(({ id }) => id)).toEqual(ids.slice(0, 2).toReversed())

    const [id = ''] = ids
    await aiGateway.logs.edit(id, { ...about, feedback: 1, score: 90, metadata: { mark, rated: true } })
    expect(await aiGateway.logs.get(id, about)).toMatchObject({
      id,
      provider: 'openai',
      success: true,
      cached: false,
      feedback: 1,
      score: 90,
      metadata: { mark, rated: true },
    })
  })

  test('have what was asked and answered, until they are deleted', async () => {
    const mark = uniqueWord()
    const id = await ask(mark)
    expect(await aiGateway.logs.request(id, about)).toMatchObject({
      messages: [{ role: 'user', content: `Say ${mark}.` }],
    })
    expect(await aiGateway.logs.response(id, about)).toMatchObject({ object: 'chat.completion' })
    const filters: Filters = [{ key: 'id', operator: 'eq', value: [id] }]
    expect(await aiGateway.logs.delete(gateway_id, { account_id, filters })).toMatchObject({
      success: true,
    })
    await expect(aiGateway.logs.get(id, about)).rejects.toMatchObject({ status: 404 })
    await expect(aiGateway.logs.request(id, about)).rejects.toMatchObject({ status: 404 })
  })
})

describe('provider configs with Cloudflare’s SDK', () => {
  test('keep a key that no answer has', async () => {
    const alias = uniqueWord()
    const secret = 'sk-very-secret-0123456789'
    const made = await aiGateway.providerConfigs.create('default', {
      account_id,
      alias,
      default_config: false,
      provider_slug: 'groq',
      secret,
      secret_id: '',
    })
    expect(made).toMatchObject({ alias, provider_slug: 'groq', secret_preview: '…6789', gateway_id: 'default' })
    const found: string[] = []
    for await (const config of aiGateway.providerConfigs.list('default', { account_id, per_page: 1 })) {
      expect(JSON.stringify(config)).not.toContain(secret)
      found.push(config.id)
    }
    expect(found).toContain(made.id)
    const path = `${gatewayUrl}/client/v4/accounts/${account_id}/ai-gateway/gateways/default/provider_configs/${made.id}`
    const removed = await fetch(path, { method: 'DELETE', headers: { authorization: `Bearer ${adminKey}` } })
    expect(removed.status).toBe(200)
  })
})
