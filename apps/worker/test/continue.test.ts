import { createHealth, createMemoryGatewayStore, createMemoryHealthBoard, type GatewaySettings } from '@gw/gateway'
import { describe, expect, test } from 'vitest'
import { failing } from './failing.ts'
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
})
