import { expect, test } from 'vitest'

import { ask, get, post, send } from './__fixtures__/call.ts'
import { createSimulator } from './create-simulator.ts'

test('the same request gets the same bytes; another seed other ids', async () => {
  const options = { now: () => 0 }
  const text = async (seed: string) =>
    (await post('openai', ask('openai'), { simulator: createSimulator({ ...options, seed }) })).text()
  expect(await text('a')).toBe(await text('a'))
  expect(await text('a')).not.toBe(await text('b'))
})

test('x-sim-seed makes different questions share their ids', async () => {
  const headers = { 'x-sim-seed': '7' }
  const idOf = async (question: string) =>
    (await (await post('openai', ask('openai', { text: question }), { headers })).json()).id
  expect(await idOf('a')).toBe(await idOf('b'))
})

test('words N gives exactly that many words, by text or by model', async () => {
  for (const body of [ask('openai', { text: 'words 50' }), ask('openai', { model: 'm+words:50' })]) {
    const { choices, usage } = await (await post('openai', body)).json()
    expect(choices[0].message.content.split(/\s+/)).toHaveLength(50)
    expect(usage.completion_tokens).toBe(50)
  }
})

test('requests are recorded, bounded and forgotten', async () => {
  const simulator = createSimulator({ maxRequests: 2 })
  for (const text of ['a', 'b', 'c'])
    await post('anthropic', ask('anthropic', { model: 'm+crlf', text }), { simulator })
  expect(simulator.requests).toHaveLength(2)
  expect(simulator.requests[1]).toMatchObject({
    provider: 'anthropic',
    format: 'anthropic-messages',
    method: 'POST',
    path: '/v1/messages',
    headers: { 'x-api-key': 'sk-ant' },
    body: { model: 'm+crlf', messages: [{ role: 'user', content: 'c' }] },
    model: 'm',
    faults: ['crlf'],
    status: 200,
    ending: 'complete',
    aborted: false,
  })
  expect(await (await get(simulator, '/__requests')).json()).toHaveLength(2)
  await simulator.fetch(new Request('http://simulator/__requests', { method: 'DELETE' }))
  expect(simulator.requests).toHaveLength(0)
})

test('a client that leaves a stream is seen', async () => {
  const simulator = createSimulator()
  const response = await post('openai', ask('openai', { stream: true }), { simulator })
  expect(simulator.requests[0]?.ending).toBe('open')
  await response.body?.cancel()
  expect(simulator.requests[0]).toMatchObject({ aborted: true, ending: 'aborted' })
})

test('a stream is produced only as it is read', async () => {
  const simulator = createSimulator()
  const response = await post('openai', ask('openai', { stream: true, model: 'm+words:1000' }), { simulator })
  await response.body?.getReader().read()
  expect(simulator.requests[0]?.ending).toBe('open')
})

test('provider sim needs no credential, but a leaked key is refused everywhere', async () => {
  const body = { model: 'm', messages: [{ role: 'user', content: 'hi' }] }
  expect((await send('/sim/v1/chat/completions', body)).status).toBe(200)
  expect((await send('/sim/v1/chat/completions', body, { headers: { 'x-goog-api-key': 'gw_x' } })).status).toBe(401)
  expect((await send('/groq/openai/v1/chat/completions', body)).status).toBe(401)
})

test('azure names its deployment in the path', async () => {
  const path = '/azure-openai/openai/deployments/gpt-4o+429/chat/completions?api-version=2024-10-21'
  const response = await send(path, { messages: [{ role: 'user', content: 'hi' }] }, { headers: { 'api-key': 'k' } })
  expect(response.status).toBe(429)
})

test('models are listed in the vendor’s shape', async () => {
  const simulator = createSimulator()
  const bearer = { authorization: 'Bearer k' }
  const list = async (path: string, headers = {}) => (await get(simulator, path, headers)).json()
  expect((await list('/openai/v1/models', bearer)).data[0]).toMatchObject({ id: 'gpt-4o-mini', object: 'model' })
  expect((await list('/anthropic/v1/models', { 'x-api-key': 'k' })).data[0]).toMatchObject({ type: 'model' })
  expect((await list('/google-ai-studio/v1beta/models?key=k')).models[0].name).toBe('models/gemini-2.5-flash')
  expect((await list('/cohere/v1/models', bearer)).models[0].name).toBe('command-a-03-2025')
  const search = '/workers-ai/client/v4/accounts/a/ai/models/search'
  expect((await list(search, bearer)).result[0].task.name).toBe('Text Generation')
})

test('echo tells what arrived without secrets and gives raw bytes back', async () => {
  const simulator = createSimulator()
  const bytes = Uint8Array.from([0, 255, 128])
  const init = {
    method: 'PUT',
    headers: { authorization: 'Bearer k', 'content-type': 'audio/wav', 'x-extra': '1' },
    body: bytes,
  }
  const echo = await simulator.fetch(new Request('http://simulator/elevenlabs/echo/a/b?q=1', init))
  const echoed = JSON.parse(await echo.text())
  expect(echoed).toMatchObject({
    method: 'PUT',
    path: '/echo/a/b',
    query: { q: '1' },
    bodyBytes: 3,
    headers: { 'x-extra': '1' },
  })
  expect(echoed.headers).not.toHaveProperty('authorization')
  const raw = await simulator.fetch(new Request('http://simulator/elevenlabs/echo/raw', init))
  expect([raw.headers.get('content-type'), new Uint8Array(await raw.arrayBuffer())]).toEqual(['audio/wav', bytes])
})

test('an unknown path is a 404 in the vendor’s shape', async () => {
  const simulator = createSimulator()
  const anthropic = await get(simulator, '/anthropic/v1/nothing')
  expect([anthropic.status, (await anthropic.json()).error.type]).toEqual([404, 'not_found_error'])
  const google = await get(simulator, '/google-ai-studio/v1beta/nothing')
  expect([google.status, (await google.json()).error.status]).toEqual([404, 'NOT_FOUND'])
})

test('+static answers every format from memory, without a credential or a record', async () => {
  const simulator = createSimulator()
  const body = { model: 'm+static+words:5', stream: true, anything: 'goes' }
  const first = await (await send('/openai/v1/chat/completions', body, { simulator })).text()
  expect(first.match(/"content":"[^"]+"/g)).toHaveLength(5)
  expect(first).toContain('data: [DONE]')
  expect(await (await send('/openai/v1/chat/completions', body, { simulator })).text()).toBe(first)
  const gemini = await send('/google-ai-studio/v1beta/models/m+static:generateContent', {}, { simulator })
  expect((await gemini.json()).candidates[0].content.parts[0].text).toBe('You said: hi')
  expect((await (await send('/anthropic/v1/messages', { model: 'm+static' }, { simulator })).json()).stop_reason).toBe(
    'end_turn',
  )
  expect(simulator.requests).toHaveLength(0)
})

test('text that is not JSON, or another content type, is refused', async () => {
  const simulator = createSimulator()
  const request = (type: string, body: string) =>
    new Request('http://simulator/sim/v1/chat/completions', { method: 'POST', headers: { 'content-type': type }, body })
  expect((await simulator.fetch(request('application/json', '{'))).status).toBe(400)
  expect((await simulator.fetch(request('application/x-www-form-urlencoded', '{}'))).status).toBe(400)
})
