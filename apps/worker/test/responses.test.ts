import { env, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { createTextStore } from '../src/create-text-store.ts'
import type { KeptText } from '../src/kept-text.ts'
import { keysOf } from './keys-of.ts'
import { startGateway } from './start-gateway.ts'

const keys = keysOf({ OPENAI_API_KEY: 'sk-o', ANTHROPIC_API_KEY: 'sk-a', MISTRAL_API_KEY: 'sk-m' })

/** A gateway whose provider answers what it is told, and what that provider got. */
async function startWith(answer: () => Response) {
  const sent: { url: string; body: Record<string, unknown> }[] = []
  const gateway = await startGateway(() => ({
    keyResolver: keys,
    fetch: async (request) => {
      sent.push({ url: request.url, body: await request.json() })
      return answer()
    },
  }))
  return { gateway, sent }
}

const usage = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 }
const completion = (message: object): Response =>
  Response.json({
    id: 'c1',
    object: 'chat.completion',
    created: 1,
    model: 'mistral-large',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }],
    usage,
  })
const model = 'mistral/mistral-large-latest'
const mistral = 'http://simulator.test/mistral/v1/chat/completions'

test('a response of any model can be gone on from, read, and deleted', async () => {
  const { gateway, sent } = await startWith(() => completion({ content: 'Oslo.' }))
  const first = await gateway.post('/v1/responses', { model, instructions: 'Be brief.', input: 'Capital of Norway?' })
  const response: { id: string; status: string; output: { content: unknown[] }[] } = await first.json()
  expect(response).toMatchObject({
    object: 'response',
    status: 'completed',
    output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Oslo.' }] }],
    usage: { input_tokens: 10, output_tokens: 2, total_tokens: 12 },
  })

  const second = await gateway.post('/v1/responses', {
    model,
    input: 'And of Sweden?',
    previous_response_id: response.id,
  })
  expect(await second.clone().json()).toMatchObject({ previous_response_id: response.id, store: true })
  expect(second.headers.get('gw-warnings')).toBeNull()
  expect(sent.map(({ url, body }) => [url, body['messages']])).toEqual([
    [
      mistral,
      [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Capital of Norway?' },
      ],
    ],
    // Instructions are those of one call, as OpenAI says.
    [
      mistral,
      [
        { role: 'user', content: 'Capital of Norway?' },
        { role: 'assistant', content: 'Oslo.' },
        { role: 'user', content: 'And of Sweden?' },
      ],
    ],
  ])
  expect(await gateway.rowOf(second)).toMatchObject({ surface: 'responses', usage: { input: 10, output: 2 } })

  const headers = { authorization: `Bearer ${gateway.key}` }
  const kept = await gateway.send(`/v1/responses/${response.id}`, { headers })
  expect(await kept.json()).toEqual(response)
  const items = await gateway.send(`/v1/responses/${response.id}/input_items`, { headers })
  const itemId = `item_${response.id.replace('resp_', '')}_0`
  expect(await items.json()).toEqual({
    object: 'list',
    data: [{ id: itemId, type: 'message', role: 'user', content: 'Capital of Norway?' }],
    first_id: itemId,
    last_id: itemId,
    has_more: false,
  })
  const removed = await gateway.send(`/v1/responses/${response.id}`, { method: 'DELETE', headers })
  expect(await removed.json()).toEqual({ id: response.id, object: 'response', deleted: true })
  expect((await gateway.send(`/v1/responses/${response.id}`, { headers })).status).toBe(404)
})

test('a streamed response is kept when its caller has all of it', async () => {
  const chunk = (delta: object, finish: string | null, rest = {}): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }], ...rest })}\n\n`
  const stream = `${chunk({ role: 'assistant', content: 'Os' }, null)}${chunk({ content: 'lo.' }, null)}${chunk({}, 'stop', { usage })}data: [DONE]\n\n`
  const { gateway, sent } = await startWith(
    () => new Response(stream, { headers: { 'content-type': 'text/event-stream' } }),
  )
  const first = await gateway.post('/v1/responses', { model, input: 'Capital of Norway?', stream: true })
  const text = await first.text()
  const [, id] = /"id":"(resp_[^"]+)"/.exec(text) ?? []
  expect(text).toContain('event: response.completed')
  await (await gateway.post('/v1/responses', { model, input: 'Again', previous_response_id: id, stream: true })).text()
  expect(sent[1]?.body['messages']).toEqual([
    { role: 'user', content: 'Capital of Norway?' },
    { role: 'assistant', content: 'Oslo.' },
    { role: 'user', content: 'Again' },
  ])
})

test('items of earlier answers can be referred to', async () => {
  const call = { id: 'call_a1', type: 'function', function: { name: 'f', arguments: '{"x":1}' } }
  const { gateway, sent } = await startWith(() => completion({ content: null, tool_calls: [call] }))
  const tools = [{ type: 'function', name: 'f', parameters: { type: 'object', properties: {} } }]
  const first = await gateway.post('/v1/responses', { model, input: 'Do it', tools })
  const { output }: { output: { id: string; call_id: string }[] } = await first.json()
  const input = [
    { role: 'user', content: 'Do it' },
    { type: 'item_reference', id: output[0]?.id },
    { type: 'function_call_output', call_id: output[0]?.call_id, output: 'done' },
  ]
  await (await gateway.post('/v1/responses', { model, input, tools })).text()
  expect(sent[1]?.body['messages']).toMatchObject([
    { role: 'user', content: 'Do it' },
    { role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: '{"x":1}' } }] },
    { role: 'tool', content: 'done' },
  ])
})

test('input items come last first, each with an id that stays', async () => {
  const { gateway } = await startWith(() => completion({ content: 'hi' }))
  const input = [
    { role: 'user', content: 'a' },
    { id: 'msg_mine', type: 'message', role: 'user', content: 'b' },
  ]
  const { id }: { id: string } = await (await gateway.post('/v1/responses', { model, input })).json()
  const path = `/v1/responses/${id}/input_items`
  const headers = { authorization: `Bearer ${gateway.key}` }
  const items = await (await gateway.send(path, { headers })).json()
  const firstId = `item_${id.replace('resp_', '')}_0`
  expect(items).toMatchObject({ data: [{ id: 'msg_mine' }, { id: firstId }], first_id: 'msg_mine', last_id: firstId })
  expect(await (await gateway.send(path, { headers })).json()).toEqual(items)
})

test('a provider of the format that goes on from a kept response sees no ids that it did not give', async () => {
  const { gateway, sent } = await startWith(() =>
    Response.json({ object: 'response', status: 'completed', output: [] }),
  )
  const call = { type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{}' }
  const said = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Oslo.' }] }
  const image = { id: 'ig_1', type: 'image_generation_call', status: 'completed', result: 'AAAA' }
  const question = { role: 'user', content: 'Capital of Norway?' }
  await gateway.deps.responses?.save('default', {
    input: [{ id: 'msg_0', ...question }],
    response: { id: 'resp_kept', output: [{ id: 'fc_1', ...call }, { id: 'msg_1', ...said }, image] },
  })
  const end = { id: 'fco_1', type: 'function_call_output', call_id: 'call_1', output: 'x' }
  const input = [{ type: 'item_reference', id: 'msg_1' }, { type: 'item_reference', id: 'rs_theirs' }, end]
  const body = { model: 'openai/gpt-5', previous_response_id: 'resp_kept', input }
  await (await gateway.post('/v1/responses', body)).text()
  expect(sent.map(({ body: words }) => words)).toEqual([
    { model: 'gpt-5', input: [question, call, said, image, said, { type: 'item_reference', id: 'rs_theirs' }, end] },
  ])
})

test.each([
  ['nobody kept it', 'resp_unknown', {}],
  ['it was made with store: false', undefined, { store: false }],
])('an earlier response is an error when %s', async (_, known, more) => {
  const { gateway, sent } = await startWith(() => completion({ content: 'hi' }))
  const first = await gateway.post('/v1/responses', { model, input: 'a', ...more })
  const { id }: { id: string } = await first.json()
  const response = await gateway.post('/v1/responses', { model, input: 'b', previous_response_id: known ?? id })
  expect([response.status, await response.json()]).toMatchObject([
    400,
    {
      error: {
        type: 'invalid_request_error',
        param: 'previous_response_id',
        message: expect.stringMatching(/^There is no response/),
      },
    },
  ])
  expect(sent).toHaveLength(1)
})

test('what one organisation keeps is nothing to another', async () => {
  const texts = createTextStore(env)
  await texts.put(JSON.stringify(['other', 'resp_1']), '{"response":{"id":"resp_1"},"input":[]}')
  const { gateway } = await startWith(() => completion({ content: 'hi' }))
  const response = await gateway.post('/v1/responses', { model, input: 'b', previous_response_id: 'resp_1' })
  expect(response.status).toBe(400)
  const headers = { authorization: `Bearer ${gateway.key}` }
  expect((await gateway.send('/v1/responses/resp_1', { headers })).status).toBe(404)
  expect((await gateway.send('/v1/responses/resp_1')).status).toBe(401)
})

test('an entry of a universal request goes on from a response, and its own is kept when it answers', async () => {
  const { gateway, sent } = await startWith(() =>
    sent.length === 2 ? new Response('', { status: 500 }) : completion({ content: 'Oslo.' }),
  )
  const entry = (query: object) => ({ provider: 'compat', endpoint: 'responses', query: { model, ...query } })
  const first = await gateway.post('/v1/acc/default', entry({ input: 'Capital of Norway?' }))
  const { id }: { id: string } = await first.json()
  const second = await gateway.post('/v1/acc/default', [
    entry({ input: 'And of Sweden?', previous_response_id: id, store: false }),
    entry({ input: 'And of Denmark?', previous_response_id: id }),
  ])
  const response: { id: string } = await second.json()
  expect(response).toMatchObject({ previous_response_id: id, store: true })
  const turns = [
    { role: 'user', content: 'Capital of Norway?' },
    { role: 'assistant', content: 'Oslo.' },
  ]
  expect(sent.slice(1).map(({ body }) => body['messages'])).toEqual([
    [...turns, { role: 'user', content: 'And of Sweden?' }],
    [...turns, { role: 'user', content: 'And of Denmark?' }],
  ])
  const headers = { authorization: `Bearer ${gateway.key}` }
  const kept = await gateway.send(`/v1/responses/${response.id}`, { headers })
  expect(await kept.json()).toEqual(response)
})

test('an entry of a universal request with an unknown response is refused', async () => {
  const { gateway, sent } = await startWith(() => completion({ content: 'hi' }))
  const query = { model, input: 'b', previous_response_id: 'resp_unknown' }
  const response = await gateway.post('/v1/acc/default', [{ provider: 'compat', endpoint: 'responses', query }])
  expect([response.status, await response.json(), sent]).toMatchObject([
    400,
    { error: [{ message: expect.stringMatching(/^There is no response "resp_unknown"/) }] },
    [],
  ])
})

test('a provider that speaks the format gets the body as it is, and keeps its own', async () => {
  const answer = {
    id: 'resp_o',
    object: 'response',
    status: 'completed',
    model: 'gpt-5',
    output: [],
    usage: { input_tokens: 3, output_tokens: 1, total_tokens: 4 },
  }
  const { gateway, sent } = await startWith(() => Response.json(answer))
  const body = {
    input: [{ type: 'item_reference', id: 'rs_1' }],
    previous_response_id: 'resp_theirs',
    include: ['x'],
    custom: 1,
  }
  const response = await gateway.post('/v1/responses', { model: 'openai/gpt-5', ...body })
  expect(await response.json()).toEqual(answer)
  expect(sent).toEqual([{ url: 'http://simulator.test/openai/v1/responses', body: { model: 'gpt-5', ...body } }])
  expect((await gateway.rowOf(response)).usage).toEqual({ input: 3, output: 1 })
})

test.each(['/v1/acc/default/compat/responses', '/ai/v1/responses', '/client/v4/accounts/acc/ai/v1/v1/responses'])(
  '%s is the same',
  async (path) => {
    const { gateway, sent } = await startWith(() => completion({ content: 'hi' }))
    const response = await gateway.post(path, { model, input: 'a' })
    expect(await response.json()).toMatchObject({ object: 'response', status: 'completed' })
    expect(sent.map(({ url }) => url)).toEqual([mistral])
  },
)

test.each([
  [{ background: true }, /background/],
  [{ conversation: 'conv_1' }, /conversations/],
  [{ input: [{ type: 'item_reference', id: 'msg_x' }] }, /There is no item "msg_x" here/],
  [{ input: Array.from({ length: 501 }, () => ({ type: 'item_reference', id: 'x' })) }, /At most 500 item references/],
  [{ input: 7 }, /input/],
])('%j is refused before anything is called', async (change, message) => {
  const { gateway, sent } = await startWith(() => completion({ content: 'hi' }))
  const response = await gateway.post('/v1/responses', { model, input: 'a', ...change })
  expect([response.status, await response.json(), sent]).toEqual([
    400,
    expect.objectContaining({ error: expect.objectContaining({ message: expect.stringMatching(message) }) }),
    [],
  ])
})

test('a kept text is whole, however long, and goes when its time is over', async () => {
  const texts = createTextStore(env)
  // Longer than what one call to a Durable Object takes.
  const text = 'é🙂'.repeat(7_000_000)
  await texts.put('long', text)
  expect((await texts.get('long')) === text).toBe(true)
  await runDurableObjectAlarm(env.TEXTS.get(env.TEXTS.idFromName('long')))
  expect(await texts.get('long')).toBe(undefined)
})

test('a text that breaks off replaces nothing', async () => {
  await createTextStore(env).put('broken', 'whole')
  const stub = env.TEXTS.get(env.TEXTS.idFromName('broken'))
  const chunks = [new TextEncoder().encode('half')]
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const chunk = chunks.pop()
      if (chunk) controller.enqueue(chunk)
      else controller.error(new Error('The caller is gone.'))
    },
  })
  const put = (text: KeptText): Promise<void> => text.put(stream, 1000)
  await runInDurableObject(stub, (text) => expect(put(text)).rejects.toThrow('The caller is gone.'))
  expect(await createTextStore(env).get('broken')).toBe('whole')
})

test('a gateway does not start with GW_RESPONSE_TTL_SECONDS=never', () => {
  expect(() => createTextStore({ TEXTS: env.TEXTS, GW_RESPONSE_TTL_SECONDS: 'never' })).toThrow(
    /^GW_RESPONSE_TTL_SECONDS is not valid/,
  )
})
