import { describe, expect, test } from 'vitest'
import { startGateway } from './start-gateway.ts'

const own = { authorization: 'Bearer sk-caller' }
const ask = (model: string, change: object = {}) => ({
  model,
  messages: [{ role: 'user', content: 'hello there' }],
  ...change,
})

describe('same format in and out', () => {
  test('the answer passes byte for byte, and only the model name of the request changes', async () => {
    const gateway = await startGateway()
    const body = `{ "model":"openai/gpt-4o-mini",\n  "messages": [{"role":"user","content":"hello \\u00e9"}], "user": "u-1" }`
    const response = await gateway.post('/v1/chat/completions', body, own)
    expect(await response.text()).toBe(gateway.answers[0])
    expect(gateway.simulator.requests[0]?.body).toEqual({ ...JSON.parse(body), model: 'gpt-4o-mini' })
  })

  test('a stream whose caller asked for usage passes byte for byte', async () => {
    const gateway = await startGateway()
    const body = ask('openai/gpt-4o-mini', { stream: true, stream_options: { include_usage: true } })
    const direct = await gateway.simulator.fetch(
      new Request('http://simulator.test/openai/v1/chat/completions', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer sk-caller', 'x-sim-seed': '7' },
        body: JSON.stringify({ ...body, model: 'gpt-4o-mini+crlf+comments+seed:7' }),
      }),
    )
    const through = await gateway.post(
      '/v1/chat/completions',
      { ...body, model: 'openai/gpt-4o-mini+crlf+comments+seed:7' },
      own,
    )
    const steady = (text: string): string => text.replaceAll(/"created":\d+/g, '"created":0')
    expect(steady(await through.text())).toBe(steady(await direct.text()))
  })

  test('a stream whose caller did not ask for usage gets none, and the row has it all the same', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/chat/completions', ask('openai/gpt-4o-mini', { stream: true }), own)
    const events = (await response.text()).trim().split('\n\n')
    expect(events.at(-1)).toBe('data: [DONE]')
    expect(events.filter((event) => event.includes('"choices":[]'))).toEqual([])
    // "hello there" is 2 tokens in, "You said: hello there" 4 out; $0.15 and $0.60 per million.
    const row = await gateway.rowOf(response)
    expect([row.usage, row.usage_source, row.cost_nano_usd]).toEqual([
      { input: 2, output: 4 },
      'reported',
      2 * 150 + 4 * 600,
    ])
  })
})

describe('headers of the answer', () => {
  test('say which target answered, with which key, and where the row is', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/chat/completions', ask('openai/gpt-4o-mini'), {
      ...own,
      'cf-aig-event-id': 'order-7',
      'cf-aig-metadata': '{"team":"search","paid":true}',
    })
    const said = Object.fromEntries(
      [
        'cf-aig-step',
        'cf-aig-cache-status',
        'cf-aig-event-id',
        'gw-provider',
        'gw-model',
        'gw-key-source',
        'gw-attempts',
      ].map((name) => [name, response.headers.get(name)]),
    )
    expect(said).toEqual({
      'cf-aig-step': '0',
      'cf-aig-cache-status': 'MISS',
      'cf-aig-event-id': 'order-7',
      'gw-provider': 'openai',
      'gw-model': 'gpt-4o-mini',
      'gw-key-source': 'request',
      'gw-attempts': '1',
    })
    const row = await gateway.rowOf(response)
    expect([row.event_id, row.metadata]).toEqual(['order-7', { team: 'search', paid: true }])
  })

  test("the provider's rate-limit headers are passed on", async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/chat/completions', ask('openai/gpt-4o-mini'), own)
    expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('9999')
  })
})

describe('money', () => {
  test('a custom cost replaces the catalog', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/chat/completions', ask('openai/gpt-4o-mini'), {
      ...own,
      'cf-aig-custom-cost': '{"per_token_in":0.000001,"per_token_out":0.000002}',
    })
    // 2 × 1,000 + 4 × 2,000 nano-USD
    expect((await gateway.rowOf(response)).cost_nano_usd).toBe(10_000)
  })

  test('an unknown model has no cost, not a cost of 0', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/chat/completions', ask('openai/gpt-99-nobody-knows'), own)
    const row = await gateway.rowOf(response)
    expect([row.usage_source, row.cost_nano_usd]).toEqual(['reported', null])
  })

  test('cf-aig-collect-log: false leaves no row for a success', async () => {
    const gateway = await startGateway()
    await (
      await gateway.post('/v1/chat/completions', ask('openai/gpt-4o-mini'), { ...own, 'cf-aig-collect-log': 'false' })
    ).text()
    const marker = await gateway.post('/v1/chat/completions', ask('openai/gpt-4o-mini'), own)
    await gateway.rowOf(marker)
    expect((await gateway.rows()).map(({ id }) => id)).toEqual([marker.headers.get('cf-aig-log-id')])
  })
})

describe('usage.include', () => {
  const priced = ask('openai/gpt-4o-mini', { usage: { include: true } })

  test('puts the cost into the answer, and the provider does not see the field', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/chat/completions', priced, own)
    // 2 × $0.15 and 4 × $0.60 per million
    expect(await response.json()).toMatchObject({ usage: { prompt_tokens: 2, completion_tokens: 4, cost: 0.0000027 } })
    expect(gateway.simulator.requests[0]?.body).not.toHaveProperty('usage')
  })

  test('puts it into the last event of a stream', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/chat/completions', { ...priced, stream: true }, own)
    const events = (await response.text()).trim().split('\n\n')
    expect(JSON.parse(events.at(-2)?.slice('data: '.length) ?? '')).toMatchObject({
      choices: [],
      usage: { cost: 0.0000027 },
    })
  })
})

describe('names of any length', () => {
  const model = 'm'.repeat(300_000)

  test('a model name that is too long is refused, and the row arrives', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/chat/completions', ask(`openai/${model}`), own)
    expect(response.status).toBe(400)
    expect((await gateway.rowOf(response)).ending).toBe('rejected')
  })

  test('a native body may name any model, and the row arrives', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/acc/default/openai/chat/completions', ask(model), own)
    await response.text()
    const row = await gateway.rowOf(response)
    expect([row.requested_model?.length, row.model?.length, row.attempts[0]?.model?.length]).toEqual([256, 256, 256])
  })
})
