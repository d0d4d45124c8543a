import { createFriendli } from '@friendliai/ai-provider'
import { createProviders } from '@gw/adapters'
import { fromAiSdk } from '@gw/adapters/ai-sdk'
import {
  createGateway,
  createIdFactory,
  createMemoryGatewayStore,
  createMemoryLogStore,
  createMemoryServices,
} from '@gw/gateway'
import { createGatewayKey, createKeyResolver, createMemoryKeyStore } from '@gw/keys'
import { serveSimulator, type SimulatorServer } from '@gw/simulator/node'
import { createOllama } from 'ollama-ai-provider-v2'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let simulator: SimulatorServer

beforeAll(async () => {
  simulator = await serveSimulator()
})
afterAll(() => simulator.close())

/** A gateway of an integrator's own, with two community providers, and a client for it. */
async function start() {
  const logs = createMemoryLogStore()
  const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)
  const key = await createGatewayKey({ id: 'k', orgId: 'default', secret: 'gw_test' })
  const friendli = fromAiSdk(({ apiKey }) => createFriendli({ apiKey, baseURL: `${simulator.url}/friendli/v1` }), {
    id: 'friendli',
    pricedAs: 'openai',
  })
  const ollama = fromAiSdk(createOllama({ baseURL: `${simulator.url}/ollama/api` }), { id: 'my-ollama' })
  const app = createGateway({
    ...createMemoryServices({ now: Date.now }),
    providers: createProviders([friendli, ollama]),
    keys: createMemoryKeyStore([key]),
    gateways: createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings: {} }]),
    keyResolver: createKeyResolver({ env: { FRIENDLI_API_KEY: 'sk-friendli' }, now: Date.now, random }),
    recordLog: (record) => logs.insert([record]),
    logs,
    report: (error) => expect.fail(String(error)),
    fetch: () => Promise.reject(new Error('Only the AI SDK calls.')),
    now: Date.now,
    sleep: async () => undefined,
    createId: createIdFactory(Date.now, random),
    random,
    variables: {},
    allowPrivateUpstreams: false,
    maxBodyBytes: 1_000_000,
    adminKey: undefined,
    limits: { firstByteMs: 10_000, idleMs: 10_000, answerBytes: 1_000_000, drainMs: 0, drainBytes: 0 },
  })
  const client = new OpenAI({
    baseURL: 'http://gw.test/v1',
    apiKey: 'gw_test',
    maxRetries: 0,
    fetch: async (url, init) => app.request(String(url), init),
  })
  const rows = async () => (await logs.list({ orgId: 'default', limit: 10 })).data
  return { client, rows }
}

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const tools = [{ type: 'function' as const, function: { name: 'get_weather', parameters } }]

describe.each(['friendli/gpt-4o-mini', 'my-ollama/llama3.2'])('a community provider, %s', (model) => {
  test('answers, and the row has its usage', async () => {
    const { client, rows } = await start()
    const messages = [{ role: 'user' as const, content: 'Say hello.' }]
    const answer = await client.chat.completions.create({ model, messages })
    expect(answer.choices).toMatchObject([{ message: { content: 'You said: Say hello.' }, finish_reason: 'stop' }])
    const [row] = await rows()
    expect(row).toMatchObject({
      provider: model.split('/')[0],
      success: true,
      usage_source: 'reported',
      // The simulator counts words.
      usage: { input: 2, output: 4 },
    })
  })

  test('streams', async () => {
    const { client, rows } = await start()
    const messages = [{ role: 'user' as const, content: 'Say hello.' }]
    const stream = client.chat.completions.stream({ model, messages })
    expect(await stream.finalContent()).toBe('You said: Say hello.')
    const [row] = await rows()
    expect(row).toMatchObject({ stream: true, ending: 'complete', success: true })
    // Friendli's provider asks its streams for no usage.
    const counted = model.startsWith('friendli')
      ? ['estimated', { input: 3, output: 5 }]
      : ['reported', { input: 2, output: 4 }]
    expect([row?.usage_source, row?.usage]).toEqual(counted)
  })

  test('calls tools, and goes on from their results', async () => {
    const { client } = await start()
    const question = { role: 'user' as const, content: 'call get_weather' }
    const called = await client.chat.completions.create({ model, messages: [question], tools })
    const [call] = called.choices[0]?.message.tool_calls ?? []
    if (call?.type !== 'function') throw new Error('No tool was called.')
    expect(call.function.name).toBe('get_weather')
    expect(JSON.parse(call.function.arguments)).toEqual({ city: 'city' })
    const result = { role: 'tool' as const, tool_call_id: call.id, content: '-3 °C' }
    const assistant = { role: 'assistant' as const, content: null, tool_calls: [call] }
    const answer = await client.chat.completions.create({ model, messages: [question, assistant, result], tools })
    expect(answer.choices[0]?.message.content).toBe('The tool said: -3 °C')
  })
})

test('the key goes to the provider that it is for, and errors keep their status', async () => {
  const { client, rows } = await start()
  const messages = [{ role: 'user' as const, content: 'Hi' }]
  await client.chat.completions.create({ model: 'friendli/gpt-4o-mini', messages })
  const last = simulator.simulator.requests.at(-1)
  expect(last).toMatchObject({ provider: 'friendli' })
  const failing = client.chat.completions.create({ model: 'friendli/gpt-4o-mini+429:7', messages })
  await expect(failing).rejects.toMatchObject({ status: 429, type: 'rate_limit_error' })
  expect((await rows())[0]).toMatchObject({ success: false, error_type: 'rate_limit' })
})
