import { expect, test } from 'vitest'
import { createSimulator } from '../create-simulator.ts'
import { get, readEvents, send } from '../__fixtures__/call.ts'

const authorization = 'Bearer r8_test'
const predict = (model: string, body: object, headers: Record<string, string> = {}) =>
  send(`/replicate/v1/models/${model}/predictions`, body, { headers: { authorization, ...headers } })
const input = { prompt: 'hello there' }
const succeeded = {
  model: 'meta/llama',
  status: 'succeeded',
  output: ['You', ' said:', ' hello', ' there'],
  metrics: { input_token_count: 2, output_token_count: 4 },
}

test('a prediction that is waited for has its output', async () => {
  expect(await (await predict('meta/llama', { input }, { prefer: 'wait' })).json()).toMatchObject(succeeded)
})

test.each([
  ['meta/llama', {}],
  ['meta/cold-llama', { prefer: 'wait' }],
])('a prediction of %s with %o is there later', async (model, headers) => {
  const started = await (await predict(model, { input }, headers)).json()
  expect(started).toMatchObject({ model, status: 'starting', output: null })
  const { pathname } = new URL(started.urls.get)
  const later = await get(createSimulator(), `/replicate${pathname}`, { authorization })
  expect(await later.json()).toMatchObject({ ...succeeded, model, id: started.id })
})

test('a prediction can be read as a stream', async () => {
  const { urls } = await (await predict('meta/llama', { input, stream: true })).json()
  const response = await get(createSimulator(), `/replicate${new URL(urls.stream).pathname}`)
  const text = await response.text()
  expect(readEvents(text).map(({ event }) => event)).toEqual(['output', 'output', 'output', 'output', 'done'])
  expect(text).toContain('data:  said:\n')
})

test('a wrong input, key or id is refused', async () => {
  const wrong = await predict('meta/llama', { input: {} })
  expect([wrong.status, await wrong.json()]).toMatchObject([422, { title: 'Input validation failed', status: 422 }])
  expect((await predict('meta/llama', { input }, { authorization: 'Bearer bad-key' })).status).toBe(401)
  const unknown = await get(createSimulator(), '/replicate/v1/predictions/nobody', { authorization })
  expect(unknown.status).toBe(404)
})
