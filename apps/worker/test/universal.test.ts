import { describe, expect, test } from 'vitest'
import { startGateway } from './start-gateway.ts'

const openai = (model: string, change: object = {}) => ({
  provider: 'openai',
  endpoint: 'chat/completions',
  headers: { Authorization: 'Bearer sk-openai', 'Content-Type': 'application/json' },
  query: { model, messages: [{ role: 'user', content: 'hello there' }] },
  ...change,
})
const anthropic = (model: string) => ({
  provider: 'anthropic',
  endpoint: '/v1/messages',
  headers: { 'x-api-key': 'sk-anthropic', 'anthropic-version': '2023-06-01' },
  query: { model, max_tokens: 50, messages: [{ role: 'user', content: 'hello there' }] },
})

describe('the universal endpoint', () => {
  test('answers with the first entry that works, in its own words, and names its step', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/acc/default', [
      openai('gpt-4o-mini+status:500'),
      anthropic('claude-sonnet-4-5'),
    ])
    expect([response.status, response.headers.get('cf-aig-step')]).toEqual([200, '1'])
    expect(await response.json()).toMatchObject({ type: 'message', role: 'assistant' })
    const row = await gateway.rowOf(response)
    expect([row.step, row.provider, row.attempts.map(({ step, status_code }) => [step, status_code])]).toEqual([
      1,
      'anthropic',
      [
        [0, 500],
        [1, 200],
      ],
    ])
  })

  test('sends each entry its own secret and no other', async () => {
    const gateway = await startGateway()
    await (
      await gateway.post('/v1/acc/default', [openai('gpt-4o-mini+status:500'), anthropic('claude-sonnet-4-5')], {
        authorization: 'Bearer sk-outer',
      })
    ).text()
    const [first, second] = gateway.simulator.requests
    expect([first?.provider, first?.headers['authorization'], first?.headers['x-api-key']]).toEqual([
      'openai',
      'Bearer sk-openai',
      undefined,
    ])
    expect([second?.provider, second?.headers['authorization'], second?.headers['x-api-key']]).toEqual([
      'anthropic',
      undefined,
      'sk-anthropic',
    ])
  })

  test('takes one object in place of the array', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/acc/default/', openai('gpt-4o-mini'))
    expect([response.status, response.headers.get('cf-aig-step')]).toEqual([200, '0'])
  })

  test.each(['chat/completions', '/chat/completions', 'v1/chat/completions', '/v1/chat/completions'])(
    'takes the endpoint as %s',
    async (endpoint) => {
      const gateway = await startGateway()
      const response = await gateway.post('/v1/acc/default', [openai('gpt-4o-mini', { endpoint })])
      expect([response.status, gateway.simulator.requests[0]?.path]).toEqual([200, '/v1/chat/completions'])
    },
  )

  test.each(['@cf/meta/llama-3.1-8b-instruct', 'run/@cf/meta/llama-3.1-8b-instruct'])(
    'takes Workers AI as %s',
    async (endpoint) => {
      const gateway = await startGateway()
      const response = await gateway.post('/v1/acc/default', [
        {
          provider: 'workers-ai',
          endpoint,
          headers: { authorization: 'Bearer cf' },
          query: { messages: [{ role: 'user', content: 'hi' }] },
        },
      ])
      expect(gateway.simulator.requests[0]?.path).toBe('/client/v4/accounts/acc/ai/run/@cf/meta/llama-3.1-8b-instruct')
      expect(response.status).toBe(200)
    },
  )

  test('an entry may ask for the unified chat surface', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/acc/default', [
      openai('gpt-4o-mini+status:500'),
      {
        provider: 'compat',
        endpoint: 'chat/completions',
        headers: { Authorization: 'Bearer sk-2' },
        query: { ...openai('x').query, model: 'openai/gpt-4o-mini' },
      },
    ])
    expect([response.status, response.headers.get('cf-aig-step')]).toEqual([200, '1'])
  })

  test("an entry's config and headers win over the request's", async () => {
    const gateway = await startGateway()
    const entry = openai('gpt-4o-mini+times:2:status:503', { config: { maxAttempts: 3, retryDelay: 10 } })
    const response = await gateway.post('/v1/acc/default', [entry], {
      'cf-aig-max-attempts': '1',
      'cf-aig-retry-delay': '900',
    })
    expect([response.status, gateway.waits]).toEqual([200, [10, 10]])
  })

  test('a stream that fails before its first output falls to the next entry', async () => {
    const gateway = await startGateway()
    const failing = openai('gpt-4o-mini+error-frame')
    const response = await gateway.post('/v1/acc/default', [
      { ...failing, query: { ...failing.query, stream: true } },
      { ...openai('gpt-4o-mini'), query: { ...openai('gpt-4o-mini').query, stream: true } },
    ])
    expect(response.headers.get('cf-aig-step')).toBe('1')
    expect(await response.text()).not.toContain('"error"')
  })

  test('when all fail, the last error comes as the provider said it', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/acc/default', [
      openai('gpt-4o-mini+status:500'),
      openai('gpt-4o-mini+status:429'),
    ])
    expect(response.status).toBe(429)
    expect(await response.text()).toBe(gateway.answers.at(-1))
  })

  test.each([
    [[], 'The list of providers is empty'],
    [[{ endpoint: 'chat/completions' }], 'needs `provider`'],
    [[{ provider: 'openai' }], 'needs `endpoint`'],
    [Array.from({ length: 26 }, () => ({ provider: 'openai', endpoint: 'x' })), 'At most 25 entries'],
    [[{ provider: 'nobody', endpoint: 'x' }], 'Invalid provider "nobody"'],
  ])('%j is refused', async (entries, message) => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/acc/default', entries)
    const body = await response.json<{ success: boolean; error: { message: string }[]; errors: unknown[] }>()
    expect(response.status).toBe(400)
    expect(body.success).toBe(false)
    expect(body.error[0]?.message).toContain(message)
    expect(body.errors).toEqual(body.error)
  })
})

describe('paths that try to leave the provider', () => {
  test.each(['../../../../zones', 'run/../../../../../user/tokens', '%2e%2e/%2E%2E/zones', '..\\..\\zones'])(
    'the endpoint %s is refused',
    async (endpoint) => {
      const gateway = await startGateway()
      const response = await gateway.post('/v1/acc/default', [
        { provider: 'workers-ai', endpoint, headers: { authorization: 'Bearer cf' }, query: {} },
      ])
      expect(response.status).toBe(400)
      expect(gateway.simulator.requests).toEqual([])
    },
  )

  test('so is a model name', async () => {
    const gateway = await startGateway()
    const body = { model: 'workers-ai/@cf/../../../../../user/tokens', messages: [{ role: 'user', content: 'hi' }] }
    const response = await gateway.post('/v1/chat/completions', body, { authorization: 'Bearer cf' })
    expect(response.status).toBe(400)
    expect(gateway.simulator.requests).toEqual([])
  })
})
