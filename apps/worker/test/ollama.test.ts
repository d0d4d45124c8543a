import { expect, test } from 'vitest'
import { keysOf } from './keys-of.ts'
import { startGateway } from './start-gateway.ts'

const keys = keysOf({ OPENAI_API_KEY: 'sk-o', MISTRAL_API_KEY: 'sk-m' })
const usage = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 }
const chunk = (delta: object, finish: string | null, rest = {}): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }], ...rest })}\n\n`
const stream = `${chunk({ role: 'assistant', content: 'Os' }, null)}${chunk({ content: 'lo.' }, null)}${chunk({}, 'stop', { usage })}data: [DONE]\n\n`
const completion = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Oslo.' }, finish_reason: 'stop' }],
  usage,
}

/** A gateway whose provider speaks OpenAI's formats, and what that provider got. */
async function start() {
  const sent: { url: string; body: Record<string, unknown> }[] = []
  const gateway = await startGateway(() => ({
    keyResolver: keys,
    fetch: async (request) => {
      const body: Record<string, unknown> = await request.json()
      sent.push({ url: request.url, body })
      if (request.url.endsWith('/embeddings')) {
        const data = [{ object: 'embedding', index: 0, embedding: [1, 2] }]
        return Response.json({ object: 'list', data, model: 'm', usage: { prompt_tokens: 3, total_tokens: 3 } })
      }
      if (body['stream'] !== true) return Response.json(completion)
      return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
    },
  }))
  return { gateway, sent }
}

const model = 'mistral/mistral-large-latest'
const linesOf = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

test('Ollama callers stream from any provider, a line at a time, without asking for it', async () => {
  const { gateway, sent } = await start()
  const messages = [{ role: 'user', content: 'Capital of Norway?' }]
  const response = await gateway.post('/api/chat', { model, messages, options: { num_predict: 50, temperature: 0 } })
  expect(response.headers.get('content-type')).toBe('application/x-ndjson')
  const lines = linesOf(await response.text())
  expect(lines).toMatchObject([
    { message: { role: 'assistant', content: 'Os' }, done: false },
    { message: { content: 'lo.' }, done: false },
    { done: true, done_reason: 'stop', prompt_eval_count: 10, eval_count: 2 },
  ])
  expect(sent[0]).toMatchObject({
    url: 'http://simulator.test/mistral/v1/chat/completions',
    body: { messages, max_tokens: 50, temperature: 0, stream: true },
  })
  expect(await gateway.rowOf(response)).toMatchObject({
    surface: 'ollama-chat',
    stream: true,
    usage: { input: 10, output: 2 },
  })
})

test('a whole answer comes as one object', async () => {
  const { gateway } = await start()
  const body = { model, messages: [{ role: 'user', content: 'Hi' }], stream: false }
  const response = await gateway.post('/api/chat', body)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.json()).toMatchObject({
    message: { role: 'assistant', content: 'Oslo.' },
    done: true,
    done_reason: 'stop',
  })
})

test('a prompt is answered with text', async () => {
  const { gateway, sent } = await start()
  const body = { model, prompt: 'Capital of Norway?', system: 'Be brief.' }
  const response = await gateway.post('/api/generate', body)
  expect(linesOf(await response.text())).toMatchObject([
    { response: 'Os', done: false },
    { response: 'lo.', done: false },
    { done: true, done_reason: 'stop' },
  ])
  expect(sent[0]?.body['messages']).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Capital of Norway?' },
  ])
})

test.each([
  ['/api/embed', { input: ['a'] }, { embeddings: [[1, 2]], prompt_eval_count: 3 }],
  ['/api/embeddings', { prompt: 'a' }, { embedding: [1, 2] }],
])('%s embeds', async (path, body, expected) => {
  const { gateway } = await start()
  const response = await gateway.post(path, { model: 'openai/text-embedding-3-small', ...body })
  expect(await response.json()).toMatchObject(expected)
})

test('tools find models and a version before they talk', async () => {
  const { gateway } = await start()
  const headers = { authorization: `Bearer ${gateway.key}` }
  expect(await (await gateway.send('/api/version')).json()).toEqual({ version: expect.stringMatching(/^\d/) })
  expect(await (await gateway.send('/api/tags', { headers })).json()).toMatchObject({
    models: expect.arrayContaining([expect.objectContaining({ name: 'openai/gpt-5', model: 'openai/gpt-5' })]),
  })
  const shown = await gateway.post('/api/show', { model: 'openai/gpt-5' })
  expect(await shown.json()).toMatchObject({ model_info: { 'openai.context_length': 400_000 } })
})

test.each([
  ['/api/chat', { messages: [{ role: 'user', content: 'Hi' }] }, [400, /No model named/] as const],
  ['/api/chat', { model, messages: 'Hi' }, [400, /`messages` must be/] as const],
  ['/api/show', { model: 'openai/nothing' }, [404, /no model "openai\/nothing"/] as const],
  ['/api/show', {}, [400, /Name the model/] as const],
])('%s with %j is an error in Ollama’s words', async (path, body, expected) => {
  const { gateway } = await start()
  const response = await gateway.post(path, body)
  const [status, message] = expected
  expect([response.status, await response.json()]).toMatchObject([status, { error: expect.stringMatching(message) }])
})

test('a stranger learns nothing', async () => {
  const { gateway } = await start()
  expect((await gateway.send('/api/tags')).status).toBe(401)
})

test('completions of the legacy API reach models that chat', async () => {
  const { gateway, sent } = await start()
  const body = {
    model,
    prompt: 'Capital of Norway?',
    max_tokens: 5,
    stream: true,
    stream_options: { include_usage: true },
  }
  const response = await gateway.post('/v1/completions', body)
  const text = await response.text()
  const events = [...text.matchAll(/data: (\{.*\})\n/g)].map(([, json = '']) => JSON.parse(json))
  expect(events.map(({ choices }) => choices[0]?.text)).toEqual(['Os', 'lo.', '', undefined])
  expect(events.at(-1)).toMatchObject({ object: 'text_completion', usage })
  expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
  expect(sent[0]?.body).toMatchObject({ messages: [{ role: 'user', content: 'Capital of Norway?' }], max_tokens: 5 })
})

test('completions pass unchanged to models that complete', async () => {
  const { gateway, sent } = await start()
  const body = { prompt: ['a', 'b'], suffix: 'z', best_of: 2, custom: 1 }
  await (await gateway.post('/v1/completions', { model: 'openai/davinci-002', ...body })).text()
  expect(sent).toEqual([
    { url: 'http://simulator.test/openai/v1/completions', body: { model: 'davinci-002', ...body } },
  ])
})
