import {
  createHealth,
  createMemoryGatewayStore,
  createMemoryHealthBoard,
  type Deps,
  type GatewaySettings,
} from '@gw/gateway'
import { describe, expect, test } from 'vitest'
import { failing } from './failing.ts'
import { startCountedGateway } from './faults/start-counted-gateway.ts'
import { keysOf } from './keys-of.ts'
import { startGateway } from './start-gateway.ts'

const second = 'anthropic/claude-haiku-4-5'
const hi = [{ role: 'user', content: 'one two three four five' }]
const on = { 'gw-continue-stream': 'true' }

/** OpenAI breaks off after three tokens, and any failure leads to the second model. */
const start = (settings: GatewaySettings = {}, fault = 'cut:3') =>
  startGateway((deps) => ({
    ...failing('openai', fault)(deps),
    keyResolver: keysOf({ OPENAI_API_KEY: 'sk-a', ANTHROPIC_API_KEY: 'sk-ant-a' }),
    gateways: createMemoryGatewayStore([
      { orgId: 'default', id: 'default', settings: { fallbacks: [{ to: [second] }], ...settings } },
    ]),
    health: createHealth({ board: createMemoryHealthBoard(deps), now: deps.now }),
  }))

type Gateway = Awaited<ReturnType<typeof start>>

const stream = (gateway: Gateway, model: string, headers: Record<string, string> = on) =>
  gateway.post(
    '/v1/chat/completions',
    { model, messages: hi, stream: true, stream_options: { include_usage: true } },
    headers,
  )

interface Chunk {
  id: string
  choices: { delta: { role?: string; content?: string }; finish_reason: string | null }[]
  usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number } | null
}

const chunksOf = (text: string): Chunk[] =>
  text
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .map((event) => JSON.parse(event.slice(6)))

describe('a stream that breaks off after real output', () => {
  test('goes on with another model where the caller asks for it: one stream, both parts on the bill', async () => {
    const gateway = await start()
    // The simulator writes "You said: one two three four five" and breaks off after three tokens.
    const response = await stream(gateway, 'openai/gpt-4o-mini')
    const text = await response.text()
    const chunks = chunksOf(text)
    const said = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta.content ?? '')).join('')
    // The second is asked to go on from what there is, and plays that back.
    expect(said).toMatch(/^You said: one\s*You said: Your answer above was cut off/)
    expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true)
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
    expect(chunks.flatMap(({ choices }) => choices.flatMap(({ delta }) => delta.role ?? []))).toEqual(['assistant'])

    expect(gateway.simulator.requests.at(-1)?.body).toMatchObject({
      messages: [
        { role: 'user' },
        { role: 'assistant', content: [{ type: 'text', text: said.slice(0, said.indexOf('You said', 5)) }] },
        { role: 'user' },
      ],
    })

    const row = await gateway.rowOf(response)
    expect(row).toMatchObject({ success: true, ending: 'complete', provider: 'anthropic', usage_source: 'estimated' })
    expect(row.attempts.map(({ provider, error_type, usage_source }) => [provider, error_type, usage_source])).toEqual([
      ['openai', 'upstream_error', 'estimated'],
      ['anthropic', null, 'reported'],
    ])
    const costs = row.attempts.map(({ cost_nano_usd }) => cost_nano_usd ?? 0)
    expect(costs.every((cost) => cost > 0)).toBe(true)
    expect(row.cost_nano_usd).toBe(costs.reduce((sum, cost) => sum + cost))
    expect(row.bill.reduce((sum, { nano_usd }) => sum + nano_usd, 0)).toBe(row.cost_nano_usd)
    const usage = chunks.at(-1)?.usage
    expect(usage?.completion_tokens).toBe((row.usage.output ?? 0) + (row.usage.reasoning ?? 0))
  })

  test.each([
    [
      '/v1/messages',
      { model: 'openai/gpt-4o-mini', messages: hi, stream: true, max_tokens: 100 },
      'event: message_stop',
    ],
    [
      '/v1beta/models/openai/gpt-4o-mini:streamGenerateContent?alt=sse',
      { contents: [{ role: 'user', parts: [{ text: 'one two three four five' }] }] },
      '"finishReason":"STOP"',
    ],
    [
      '/v1/responses',
      { model: 'openai/gpt-4o-mini', input: 'one two three', stream: true },
      'event: response.completed',
    ],
    ['/api/chat', { model: 'openai/gpt-4o-mini', messages: hi }, '"done":true'],
  ])('in the words of %s', async (path, body, last) => {
    const gateway = await start()
    const text = await (await gateway.post(path, body, on)).text()
    expect(text).toContain(' fault.')
    expect(text).toContain(last)
    expect(text).not.toContain('"error":{')
  })

  test('a gateway may be set to it', async () => {
    const gateway = await start({ on_stream_error: 'continue' })
    expect(await (await stream(gateway, 'openai/gpt-4o-mini', {})).text()).toContain(' fault.')
    const off = { 'gw-continue-stream': 'false' }
    expect(await (await stream(gateway, 'openai/gpt-4o-mini', off)).text()).toContain('"type":"upstream_error"')
  })

  test('is an error where nobody can go on, and each part is paid for once', async () => {
    const gateway = await start({ fallbacks: [{ to: ['anthropic/claude-haiku-4-5+status:500'] }] })
    const response = await stream(gateway, 'openai/gpt-4o-mini')
    const text = await response.text()
    expect(text).toContain('"type":"upstream_error"')
    const row = await gateway.rowOf(response)
    expect(row).toMatchObject({
      success: false,
      provider: 'openai',
      model: 'gpt-4o-mini',
      usage_source: 'estimated',
    })
    const [first, other] = row.attempts
    expect([first?.cost_nano_usd, other?.cost_nano_usd]).toEqual([row.cost_nano_usd, 0])
    expect(row.cost_nano_usd).toBeGreaterThan(0)
  })

  test('is an error where a tool call has begun', async () => {
    const gateway = await start({}, 'cut:1')
    const tools = [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }]
    const body = {
      model: 'openai/gpt-4o-mini',
      messages: [{ role: 'user', content: 'call f' }],
      tools,
      stream: true,
    }
    const text = await (await gateway.post('/v1/chat/completions', body, on)).text()
    expect([text.includes('"error"'), gateway.simulator.requests.length]).toEqual([true, 1])
  })

  test('a caller who leaves in the second part leaves one row', async () => {
    const gateway = await start({ fallbacks: [{ to: ['anthropic/claude-haiku-4-5+pace:20'] }] })
    const response = await stream(gateway, 'openai/gpt-4o-mini')
    const reader = response.body?.getReader()
    const decoder = new TextDecoder()
    let text = ''
    while (!text.includes('Your')) text += decoder.decode((await reader?.read())?.value, { stream: true })
    await reader?.cancel()
    const row = await gateway.rowOf(response)
    expect(row).toMatchObject({ ending: 'client_gone', provider: 'anthropic' })
    expect((await gateway.rows()).length).toBe(1)
  })

  describe('on the ledgers', () => {
    const counted = (change: (deps: Deps) => Partial<Deps>, to = second) =>
      startCountedGateway((deps) => ({
        keyResolver: keysOf({ OPENAI_API_KEY: 'sk-a', ANTHROPIC_API_KEY: 'sk-ant-a' }),
        gateways: createMemoryGatewayStore([
          { orgId: 'default', id: 'default', settings: { fallbacks: [{ to: [to] }] } },
        ]),
        health: createHealth({ board: createMemoryHealthBoard(deps), now: deps.now }),
        ...change(deps),
      }))
    type Counted = Awaited<ReturnType<typeof counted>>

    const ask = (gateway: Counted, body: object = {}) =>
      gateway.post(
        '/v1/chat/completions',
        { model: 'openai/gpt-4o-mini', messages: hi, stream: true, max_tokens: 100, ...body },
        on,
      )

    /** OpenAI breaks off, and Anthropic answers so. */
    const anthropicBy = (answer: (request: Request) => Promise<Response>) =>
      counted((deps) => {
        const { fetch = deps.fetch } = failing('openai', 'cut:3')(deps)
        return {
          fetch: async (request) =>
            new URL(request.url).pathname.startsWith('/anthropic/') ? answer(request) : fetch(request),
        }
      })

    const chunk = (content: string, more: object = {}) => ({
      id: 'c',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'm',
      choices: [{ index: 0, delta: { content }, finish_reason: null }],
      ...more,
    })
    const sse = (chunks: readonly object[], end = '') =>
      new Response(`${chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('')}${end}`, {
        headers: { 'content-type': 'text/event-stream' },
      })

    /** Row, parts and ledger say the same. */
    const expectCounted = async (gateway: Counted) => {
      const row = await gateway.onlyRow()
      const parts = row.attempts.reduce((sum, { cost_nano_usd }) => sum + (cost_nano_usd ?? 0), 0)
      expect([row.cost_nano_usd, row.charged_nano_usd, await gateway.spent()]).toEqual([parts, parts, parts])
      expect(parts).toBeGreaterThan(0)
      return row
    }

    test('a caller who leaves while the second target is asked leaves one row, with both parts', async () => {
      const asked = createGate()
      const gate = createGate()
      const gateway = await anthropicBy(async (request) => {
        asked.open()
        await gate.opened
        return gateway.simulator.fetch(request)
      })
      const response = await ask(gateway)
      const reader = response.body?.getReader()
      const reading = (async () => {
        while (!(await reader?.read())?.done);
      })()
      await asked.opened
      const left = reader?.cancel()
      gate.open()
      await Promise.all([left, reading])
      const row = await expectCounted(gateway)
      expect([row.ending, row.provider, row.attempts.length]).toEqual(['client_gone', 'anthropic', 2])
    })

    const moments = [0, 1, 3, 4, 5, 6, 9].flatMap((reads) => [
      [reads, 'lets go of the body'] as const,
      [reads, 'hangs up'] as const,
    ])
    test.each(moments)('a caller who after %i reads %s leaves one row', async (reads, how) => {
      const gateway = await counted(failing('openai', 'cut:3'), `${second}+pace:5`)
      const caller = new AbortController()
      const response = await gateway.send('/v1/chat/completions', {
        method: 'POST',
        signal: caller.signal,
        headers: { ...on, 'cf-aig-authorization': `Bearer ${gateway.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: hi, stream: true, max_tokens: 100 }),
      })
      const reader = response.body?.getReader()
      for (let count = 0; count < reads; count += 1) await reader?.read()
      if (how === 'hangs up') caller.abort()
      else await reader?.cancel()
      expect((await expectCounted(gateway)).ending).toBe('client_gone')
    })

    test('a second target that answers with one document goes on, and is paid for', async () => {
      const gateway = await anthropicBy(async () =>
        Response.json({
          id: 'm',
          type: 'message',
          role: 'assistant',
          model: 'claude-haiku-4-5',
          content: [{ type: 'text', text: ' and the rest' }],
          stop_reason: 'end_turn',
          usage: { input_tokens: 30, output_tokens: 10 },
        }),
      )
      const text = await (await ask(gateway)).text()
      expect([text.includes(' and the rest'), text.includes('"error"'), text.includes('[DONE]')]).toEqual([
        true,
        false,
        true,
      ])
      const row = await expectCounted(gateway)
      expect([row.success, row.attempts.at(-1)?.usage]).toEqual([true, { input: 30, output: 10 }])
    })

    test('a request that only its provider can read ends with the error, and its row', async () => {
      const gateway = await counted(() => ({ fetch: async () => sse([chunk('one'), chunk(' two')]) }), 'openai/gpt-4o')
      const strange = [{ role: 'user', content: [{ type: 'text', text: 'hi' }, { type: 'strange' }] }]
      expect(await (await ask(gateway, { messages: strange })).text()).toContain('"type":"upstream_error"')
      expect(await expectCounted(gateway)).toMatchObject({ ending: 'truncated', model: 'gpt-4o-mini' })
    })

    test('several choices are not gone on with, whichever have begun', async () => {
      const gateway = await counted(() => ({ fetch: async () => sse([chunk('one'), chunk(' two')]) }), 'openai/gpt-4o')
      const text = await (await ask(gateway, { n: 2 })).text()
      expect([text.includes('"type":"upstream_error"'), (await expectCounted(gateway)).attempts.length]).toEqual([
        true,
        1,
      ])
    })

    test('the usage in the stream, its details and its cost are those of the row, which is not priced anew', async () => {
      const usage = {
        prompt_tokens: 100,
        completion_tokens: 20,
        total_tokens: 120,
        prompt_tokens_details: { cached_tokens: 40 },
        completion_tokens_details: { reasoning_tokens: 5 },
      }
      const finish = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }
      const gateway = await counted(
        () => ({
          fetch: async (request) => {
            const { model } = await request.json<{ model: string }>()
            if (model === 'gpt-4o-mini') return sse([chunk('one'), chunk(' two', { usage })])
            const last = chunk('', { choices: [], usage })
            return sse([chunk(' three'), chunk('', finish), last], 'data: [DONE]\n\n')
          },
        }),
        'openai/gpt-4o',
      )
      const chunks = chunksOf(await (await ask(gateway, { usage: { include: true } })).text())
      const row = await expectCounted(gateway)
      expect(row.usage).toEqual({ input: 120, cache_read: 80, output: 30, reasoning: 10 })
      expect(chunks.at(-1)?.usage).toEqual({
        prompt_tokens: 200,
        completion_tokens: 40,
        total_tokens: 240,
        prompt_tokens_details: { cached_tokens: 80 },
        completion_tokens_details: { reasoning_tokens: 10 },
        cost: (row.cost_nano_usd ?? 0) / 1e9,
      })

      await gateway.send('/api/reprice', {
        method: 'POST',
        headers: { authorization: 'Bearer admin-key', 'content-type': 'application/json' },
        body: JSON.stringify({ from: row.created_at, to: row.created_at + 1 }),
      })
      expect((await gateway.onlyRow()).cost_nano_usd).toBe(row.cost_nano_usd)
    })
  })
})

/** Something that is waited for until it is opened. */
function createGate() {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}
