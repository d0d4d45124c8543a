import { describe, expect, test } from 'vitest'

import { ask, post, readEvents } from '../__fixtures__/call.ts'
import type { LooseResponse, Vendor } from '../__fixtures__/call.ts'
import { createSimulator } from '../create-simulator.ts'
import { parseFault, splitModel } from './parse-faults.ts'

const all: Vendor[] = ['openai', 'anthropic', 'gemini', 'workersAi', 'cohere', 'bedrock']
const stream = (vendor: Vendor, model: string) => post(vendor, ask(vendor, { model, stream: true }))
const json = (vendor: Vendor, model: string) => post(vendor, ask(vendor, { model }))

describe('the grammar', () => {
  test.each([
    ['gpt-5+cut:5+crlf', 'gpt-5', ['cut:5', 'crlf']],
    ['gpt-5-fault-429', 'gpt-5', ['429']],
    ['gpt-5-fault-cut-5-fault-crlf', 'gpt-5', ['cut-5', 'crlf']],
    ['fault-stall-first', 'simulated-model', ['stall-first']],
    ['@cf/meta/llama+429:7', '@cf/meta/llama', ['429:7']],
    ['default-model', 'default-model', []],
  ])('%s', (id, model, specs) => {
    expect(splitModel(id)).toEqual({ model, specs })
  })

  test.each([
    ['429', { name: 'status', args: ['429'] }],
    ['429:7', { name: 'status', args: ['429', '7'] }],
    ['status-503', { name: 'status', args: ['503'] }],
    ['stall-first', { name: 'stall-first', args: [] }],
    ['stall-3', { name: 'stall', args: ['3'] }],
    ['times:2:429:1', { name: 'times', args: ['2', '429:1'] }],
  ])('%s', (spec, fault) => {
    expect(parseFault(spec)).toEqual(fault)
  })

  test('an unknown fault is a loud 400 in the vendor’s shape', async () => {
    const response = await json('openai', 'm+ctu:5')
    expect(response.status).toBe(400)
    expect((await response.json()).error.message).toContain('unknown fault `ctu:5`')
  })

  test('the header says the same as the model', async () => {
    const response = await post('openai', ask('openai'), { headers: { 'x-sim-fault': '503' } })
    expect(response.status).toBe(503)
  })
})

describe('errors instead of answers', () => {
  const table: [string, Record<Vendor, number>][] = [
    ['status:429', { openai: 429, anthropic: 429, gemini: 429, workersAi: 429, cohere: 429, bedrock: 429 }],
    ['status:500', { openai: 500, anthropic: 500, gemini: 500, workersAi: 500, cohere: 500, bedrock: 500 }],
    ['status:529', { openai: 529, anthropic: 529, gemini: 529, workersAi: 529, cohere: 529, bedrock: 529 }],
    ['html-502', { openai: 502, anthropic: 502, gemini: 502, workersAi: 502, cohere: 502, bedrock: 502 }],
    ['context-length', { openai: 400, anthropic: 400, gemini: 400, workersAi: 400, cohere: 400, bedrock: 400 }],
    ['content-filter', { openai: 400, anthropic: 400, gemini: 200, workersAi: 400, cohere: 400, bedrock: 400 }],
    ['model-not-found', { openai: 404, anthropic: 404, gemini: 404, workersAi: 400, cohere: 404, bedrock: 400 }],
    ['quota', { openai: 429, anthropic: 400, gemini: 429, workersAi: 429, cohere: 429, bedrock: 429 }],
    ['bad-auth', { openai: 401, anthropic: 401, gemini: 400, workersAi: 401, cohere: 401, bedrock: 403 }],
  ]
  test.each(table)('%s', async (fault, expected) => {
    for (const vendor of all)
      expect([vendor, (await stream(vendor, `m+${fault}`)).status]).toEqual([vendor, expected[vendor]])
  })

  test('retry-after is there when asked for', async () => {
    expect((await json('openai', 'm+429')).headers.get('retry-after')).toBeNull()
    expect((await json('openai', 'm+429:7')).headers.get('retry-after')).toBe('7')
    expect((await json('anthropic', 'm+429:7')).headers.get('retry-after')).toBe('7')
    expect(await (await json('gemini', 'm+429:7')).text()).toContain('"retryDelay":"7s"')
  })

  test('html-502 is HTML', async () => {
    const response = await json('openai', 'm+html-502')
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(await response.text()).toContain('<html>')
  })

  test('times counts per model and then succeeds', async () => {
    const simulator = createSimulator()
    const statusOf = async (model: string) => (await post('openai', ask('openai', { model }), { simulator })).status
    expect([await statusOf('m+times:2:500'), await statusOf('m+times:2:500'), await statusOf('m+times:2:500')]).toEqual(
      [500, 500, 200],
    )
    expect(await statusOf('other+times:2:500')).toBe(500)
    simulator.reset()
    expect(await statusOf('m+times:2:500')).toBe(500)
  })

  test('refuse rejects as a failed connection', async () => {
    await expect(json('openai', 'm+refuse')).rejects.toThrow('connection refused')
  })

  test('stall-first never answers until the client leaves', async () => {
    const simulator = createSimulator()
    const leave = new AbortController()
    const answer = post('openai', ask('openai', { model: 'm+stall-first' }), { simulator, signal: leave.signal })
    answer.catch(() => undefined)
    while (simulator.requests.length === 0) await Promise.resolve()
    leave.abort()
    await expect(answer).rejects.toThrow(TypeError)
    expect(simulator.requests[0]).toMatchObject({ aborted: true, ending: 'aborted', faults: ['stall-first'] })
  })
})

describe('streams that go wrong', () => {
  /** Reads until the stream ends or fails. */
  async function readAll(response: LooseResponse): Promise<{ text: string; failed: boolean; chunks: number }> {
    const decoder = new TextDecoder()
    let text = ''
    let chunks = 0
    try {
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk, { stream: true })
        chunks += 1
      }
      return { text, failed: false, chunks }
    } catch {
      return { text, failed: true, chunks }
    }
  }
  const tokensOf = (text: string): number =>
    ['You', ' said:', ' hello', ' there'].filter((word) => text.includes(`"${word}"`)).length

  test('cut:2 breaks the connection after two tokens', async () => {
    for (const vendor of all) {
      const { text, failed } = await readAll(await stream(vendor, 'm+cut:2'))
      expect([vendor, failed, tokensOf(text)]).toEqual([vendor, true, 2])
    }
  })

  test('stall:1 sends one token and then nothing; leaving is noticed', async () => {
    const simulator = createSimulator()
    const response = await post('cohere', ask('cohere', { model: 'm+stall:1', stream: true }), { simulator })
    const reader = response.body?.getReader()
    let text = ''
    while (!text.includes('"You"')) text += new TextDecoder().decode((await reader?.read())?.value)
    const next = reader?.read()
    expect(await Promise.race([next, Promise.resolve('waiting')])).toBe('waiting')
    await reader?.cancel()
    expect(simulator.requests[0]).toMatchObject({ aborted: true, ending: 'aborted' })
  })

  test('error-frame and preamble-error', async () => {
    const first = readEvents(await (await stream('anthropic', 'm+error-frame')).text())
    expect(first.map(({ event }) => event)).toEqual(['error'])
    expect(JSON.parse(first[0]?.data ?? '').error.type).toBe('overloaded_error')
    const later = readEvents(await (await stream('anthropic', 'm+preamble-error')).text())
    expect(later.map(({ event }) => event)).toEqual(['message_start', 'ping', 'content_block_start', 'error'])
    expect(await (await stream('openai', 'm+preamble-error')).text()).toMatch(/"role":"assistant"[^]*"error":\{/)
    expect(JSON.parse(await (await stream('gemini', 'm+error-frame')).text()).error.status).toBe('UNAVAILABLE')
  })

  test('malformed:2 breaks the JSON of the second token only', async () => {
    const events = readEvents(await (await stream('openai', 'm+malformed:2')).text())
    const broken = events.filter(({ data }) => data !== '[DONE]' && !isJsonText(data))
    expect(broken).toHaveLength(1)
    expect(events.findIndex((event) => event === broken[0])).toBe(2)
  })

  test('split:1 sends single bytes, crlf ends lines with CRLF, comments are harmless', async () => {
    const { text, chunks } = await readAll(await stream('openai', 'm+split:1+crlf+comments'))
    expect(chunks).toBe(new TextEncoder().encode(text).length)
    expect(text).toContain(': keep-alive\r\n\r\n')
    expect(text.replaceAll('\r\n', '')).not.toContain('\n')
    expect(readEvents(text).at(-1)?.data).toBe('[DONE]')
  })

  test('no-usage, zero-usage', async () => {
    for (const vendor of all) expect(await (await stream(vendor, 'm+no-usage')).text()).not.toMatch(/usage/i)
    const { usage } = await (await json('anthropic', 'm+zero-usage')).json()
    expect([usage.input_tokens, usage.output_tokens]).toEqual([0, 0])
  })

  test('no-terminal leaves out the end, no-done only the last marker', async () => {
    const bare = await (await stream('openai', 'm+no-terminal')).text()
    expect(bare).not.toMatch(/\[DONE\]|"finish_reason":"stop"/)
    const marked = await (await stream('openai', 'm+no-done')).text()
    expect(marked).toContain('"finish_reason":"stop"')
    expect(marked).not.toContain('[DONE]')
    expect(await (await stream('anthropic', 'm+no-terminal')).text()).not.toMatch(/message_stop|message_delta/)
  })

  test('duplicate sends each token twice', async () => {
    const { text } = await readAll(await stream('workersAi', 'm+duplicate'))
    expect(text.match(/"You"/g)).toHaveLength(2)
  })

  test('huge is generated while it is read', async () => {
    const response = await stream('openai', 'm+huge:100000000')
    const reader = response.body?.getReader()
    for (let index = 0; index < 3; index++) expect((await reader?.read())?.done).toBe(false)
    await reader?.cancel()
    const { choices } = await (await json('openai', 'm+huge:80000')).json()
    expect(choices[0].message.content).toHaveLength(80_000)
  })

  test('JSON answers are cut, broken and split too', async () => {
    expect((await readAll(await json('openai', 'm+cut:1'))).failed).toBe(true)
    expect(isJsonText((await readAll(await json('openai', 'm+malformed:1'))).text)).toBe(false)
    expect(isJsonText((await readAll(await json('openai', 'm+split:1'))).text)).toBe(true)
    expect((await (await json('openai', 'm+error-frame')).json()).error.type).toBe('server_error')
  })
})

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
