import { afterAll, beforeAll, expect, test } from 'vitest'

import { ask } from './__fixtures__/call.ts'
import type { LooseResponse } from './__fixtures__/call.ts'
import { serveSimulator } from './serve-simulator.ts'
import type { SimulatorServer } from './serve-simulator.ts'

let server: SimulatorServer
beforeAll(async () => {
  server = await serveSimulator()
})
afterAll(() => server.close())

const post = (model: string, init: { stream?: boolean; signal?: AbortSignal } = {}): Promise<LooseResponse> =>
  fetch(`${server.url}/sim/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ask('openai', { model, stream: init.stream ?? false })),
    ...(init.signal ? { signal: init.signal } : {}),
  })

test('it listens on loopback and answers over HTTP', async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const response = await post('gpt-4o-mini')
  expect((await response.json()).choices[0].message.content).toBe('You said: hello there')
  const records = JSON.parse(await (await fetch(`${server.url}/__requests`)).text())
  expect(records.at(-1)).toMatchObject({ provider: 'sim', status: 200 })
})

test('refuse closes the socket', async () => {
  await expect(post('m+refuse')).rejects.toThrow(TypeError)
})

test('cut breaks the body off after its tokens', async () => {
  const response = await post('m+cut:2', { stream: true })
  expect(response.status).toBe(200)
  await expect(response.text()).rejects.toThrow(TypeError)
})

test('stall:0 sends headers at once; the client’s leaving is recorded', async () => {
  const leave = new AbortController()
  const response = await post('m+stall:0', { stream: true, signal: leave.signal })
  expect(response.status).toBe(200)
  leave.abort()
  await expect.poll(() => server.simulator.requests.at(-1)?.aborted).toBe(true)
})

test('a client that reads slowly holds a huge answer back', async () => {
  const response = await post('m+huge:100000000', { stream: true })
  const reader = response.body?.getReader()
  expect((await reader?.read())?.done).toBe(false)
  expect(server.simulator.requests.at(-1)?.ending).toBe('open')
  await reader?.cancel()
  await expect.poll(() => server.simulator.requests.at(-1)?.ending).toBe('aborted')
})

test('+static is served from memory', async () => {
  const response = await post('m+static', { stream: true })
  expect(await response.text()).toContain('[DONE]')
})
