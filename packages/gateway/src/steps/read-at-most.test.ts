import { expect, test, vi } from 'vitest'
import { startMemoryGateway } from '../__fixtures__/memory-gateway.ts'

const limits = { firstByteMs: 1000, idleMs: 1000, answerBytes: 1_000_000, drainMs: 0, drainBytes: 0 }
const answer = JSON.stringify({
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
})

interface Case {
  status?: number
  change?: Partial<typeof limits>
  headers?: Record<string, string>
}

/** Asks a provider that sends its headers and half of its answer, and then nothing until `finish`. */
async function ask({ status = 200, change = {}, headers = {} }: Case) {
  const cancel = vi.fn<() => void>()
  const caller = new AbortController()
  let upstream: ReadableStreamDefaultController<Uint8Array> | undefined
  const bytes = new TextEncoder().encode(answer)
  let begin: () => void
  const begun = new Promise<void>((resolve) => (begin = resolve))
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      upstream = controller
      controller.enqueue(bytes.subarray(0, 50))
    },
    pull: () => begin(),
    cancel,
  })
  const type = { 'content-type': 'application/json', 'content-length': String(bytes.byteLength) }
  const { app, rows, rowsReach } = await startMemoryGateway(async () => new Response(body, { status, headers: type }), {
    now: () => Date.now(),
    limits: { ...limits, ...change },
  })
  const response = Promise.resolve(
    app.request('/v1/messages', {
      method: 'POST',
      headers: { 'x-api-key': 'gw_test', 'content-type': 'application/json', 'cf-aig-max-attempts': '1', ...headers },
      body: JSON.stringify({ model: 'openai/gpt-4o', max_tokens: 9, messages: [{ role: 'user', content: 'hello' }] }),
      signal: caller.signal,
    }),
  )
  const finish = (): void => {
    upstream?.enqueue(bytes.subarray(50))
    upstream?.close()
  }
  /** The row, and how often the upstream was let go of. */
  const ended = async () => {
    await rowsReach(1)
    const [row] = rows
    return [rows.length, row?.ending, row?.error_type, row?.cost_nano_usd, cancel.mock.calls.length]
  }
  return { response, caller, begun, finish, ended }
}

/** gpt-4o: 10 tokens at $2.50 and 2 at $10 a million. */
const costNanoUsd = 10 * 2500 + 2 * 10_000

test.each([
  ['stays within the request’s time', { headers: { 'cf-aig-request-timeout': '20' } }, null],
  ['may not be silent for long', { change: { idleMs: 20 } }, null],
  ['may not be silent for long where it is an error', { status: 400, change: { idleMs: 20 } }, 0],
])('an answer that has begun %s, and its cost is unknown unless it is an error', async (_, options: Case, cost) => {
  const { response, ended } = await ask(options)
  expect((await response).status).toBe(504)
  expect(await ended()).toEqual([1, 'upstream_error', 'timeout', cost, 1])
})

test('a caller who leaves within an answer leaves a row, and the upstream is let go of', async () => {
  const { response, caller, begun, ended } = await ask({ change: { drainMs: 5, drainBytes: 1000 } })
  await begun
  caller.abort()
  expect((await response).status).toBe(499)
  expect(await ended()).toEqual([1, 'client_gone', 'invalid_request', null, 1])
})

test('an answer that is longer than what is read for a caller who left is let go of', async () => {
  const { caller, begun, finish, ended } = await ask({ change: { drainMs: 1000, drainBytes: 10 } })
  await begun
  caller.abort()
  finish()
  expect((await ended()).slice(0, 2)).toEqual([1, 'client_gone'])
})

test('an answer that ends soon after its caller left is billed', async () => {
  const { caller, begun, finish, ended } = await ask({ change: { drainMs: 1000, drainBytes: 1000 } })
  await begun
  caller.abort()
  finish()
  expect(await ended()).toEqual([1, 'client_gone', null, costNanoUsd, 0])
})

test('an answer that comes slowly but in time is an answer', async () => {
  const { response, begun, finish, ended } = await ask({ headers: { 'cf-aig-request-timeout': '5000' } })
  await begun
  finish()
  expect((await response).status).toBe(200)
  expect(await ended()).toEqual([1, 'complete', null, costNanoUsd, 0])
})
