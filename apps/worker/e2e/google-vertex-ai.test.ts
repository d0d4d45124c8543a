import { GoogleGenAI } from '@google/genai'
import { generateKeyPairSync } from 'node:crypto'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import type { RequestRecord } from '../../../packages/simulator/src/request-log.ts'
import { gatewayKey, gatewayUrl, rowOf, simulatorUrl, uniqueWord, upstreamRequests } from './gateway-under-test.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })

/** The key file of a service account that no other test has. */
function createAccount(name = uniqueWord()): { email: string; file: string } {
  const email = `${name}@my-project.iam.gserviceaccount.com`
  return {
    email,
    file: JSON.stringify({ type: 'service_account', project_id: 'my-project', client_email: email, private_key: pem }),
  }
}

function clientWith(secret: string): OpenAI {
  const defaultHeaders = { 'cf-aig-authorization': `Bearer ${gatewayKey}` }
  return new OpenAI({ apiKey: secret, baseURL: `${gatewayUrl}/v1`, maxRetries: 0, defaultHeaders })
}

const account = createAccount()
const client = clientWith(account.file)
const root = '/v1/projects/my-project/locations/global'
const models = [
  ['google/gemini-2.5-flash', `${root}/publishers/google/models/gemini-2.5-flash:`],
  ['gemini-2.5-flash', `${root}/publishers/google/models/gemini-2.5-flash:`],
  ['anthropic/claude-sonnet-4-5', `${root}/publishers/anthropic/models/claude-sonnet-4-5:`],
  ['meta/llama-4-scout-17b-16e-instruct-maas', `${root}/endpoints/openapi/chat/completions`],
  ['mistralai/codestral-2', `${root}/publishers/mistralai/models/codestral-2:`],
] as const

async function collect(stream: AsyncIterable<OpenAI.ChatCompletionChunk>): Promise<string> {
  let text = ''
  for await (const { choices } of stream) text += choices[0]?.delta.content ?? ''
  return text
}

/** What the token endpoint was asked for an account. */
async function tokenRequests(email: string): Promise<RequestRecord[]> {
  const records: RequestRecord[] = JSON.parse(await (await fetch(`${simulatorUrl}/__requests`)).text())
  return records.filter(({ path, body }) => path === '/token' && issuerOf(body) === email)
}

function issuerOf(body: unknown): unknown {
  const [, claims = ''] = new URLSearchParams(String(body)).get('assertion')?.split('.') ?? []
  return JSON.parse(Buffer.from(claims, 'base64url').toString()).iss
}

const served = {
  provider: 'google-vertex-ai',
  success: true,
  ending: 'complete',
  key_source: 'request',
  usage: { input: 2, output: 4 },
  usage_source: 'reported',
}

describe.concurrent.each(models)('%s with a service account', (model, path) => {
  test('answers', async () => {
    const word = uniqueWord()
    const { data, response } = await client.chat.completions
      .create({ model: `google-vertex-ai/${model}`, messages: [{ role: 'user', content: `hello ${word}` }] })
      .withResponse()
    expect(data.choices[0]?.message.content).toBe(`You said: hello ${word}`)
    const [request] = await upstreamRequests(word)
    expect(request?.path).toContain(path)
    expect(request?.headers['authorization']).toMatch(/^Bearer ya29\./)
    expect(JSON.stringify(request)).not.toContain('PRIVATE KEY')
    expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject({ ...served, model, stream: false })
  })

  test('streams', async () => {
    const word = uniqueWord()
    const messages = [{ role: 'user' as const, content: `hello ${word}` }]
    const { data, response } = await client.chat.completions
      .create({ model: `vertex/${model}`, messages, stream: true })
      .withResponse()
    expect(await collect(data)).toBe(`You said: hello ${word}`)
    expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject({ ...served, model, stream: true })
  })

  test('calls tools', async () => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
    const tools = [{ type: 'function' as const, function: { name: 'get_weather', description: 'weather', parameters } }]
    const answer = await client.chat.completions.create({
      model: `google-vertex-ai/${model}`,
      messages: [{ role: 'user', content: `${uniqueWord()} call get_weather` }],
      tools,
    })
    const [choice] = answer.choices
    expect(choice?.finish_reason).toBe('tool_calls')
    expect(choice?.message.tool_calls).toMatchObject([{ function: { name: 'get_weather' } }])
  })
})

test('a token is fetched once for many requests at a time', async () => {
  const { email, file } = createAccount()
  const many = clientWith(Buffer.from(file).toString('base64'))
  const ask = () =>
    many.chat.completions.create({
      model: 'google-vertex-ai/gemini-2.5-flash',
      messages: [{ role: 'user', content: 'hello' }],
    })
  await Promise.all(Array.from({ length: 20 }, ask))
  await ask()
  expect(await tokenRequests(email)).toHaveLength(1)
})

test('an account that Google refuses is an error without its key', async () => {
  const { file } = createAccount(`disabled-${uniqueWord()}`)
  const error: unknown = await clientWith(file)
    .chat.completions.create({
      model: 'google-vertex-ai/gemini-2.5-flash',
      messages: [{ role: 'user', content: 'hi' }],
    })
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ status: 401, message: expect.stringContaining('invalid_grant') })
  expect(JSON.stringify(error)).not.toContain('PRIVATE KEY')
})

test('an express key needs no project', async () => {
  const word = uniqueWord()
  const { data, response } = await clientWith('AIzaSyExpress')
    .chat.completions.create({
      model: 'google-vertex-ai/google/gemini-2.5-flash',
      messages: [{ role: 'user', content: `hello ${word}` }],
    })
    .withResponse()
  expect(data.choices[0]?.message.content).toBe(`You said: hello ${word}`)
  const [request] = await upstreamRequests(word)
  expect(request?.path).toBe('/v1/publishers/google/models/gemini-2.5-flash:generateContent')
  expect(request?.headers['x-goog-api-key']).toBe('AIzaSyExpress')
  expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject(served)
})

test('the environment’s access token and project serve who brings none', async () => {
  const word = uniqueWord()
  const { response } = await new OpenAI({ apiKey: gatewayKey, baseURL: `${gatewayUrl}/v1` }).chat.completions
    .create({ model: 'vertex/gemini-2.5-flash', messages: [{ role: 'user', content: `hello ${word}` }] })
    .withResponse()
  const [request] = await upstreamRequests(word)
  expect(request?.path).toContain('/v1/projects/env-project/locations/global/')
  expect(request?.headers['authorization']).toBe('Bearer sk-env-google-vertex-ai')
  const row = await rowOf(response.headers.get('cf-aig-log-id'))
  expect(row).toMatchObject({ ...served, key_source: 'environment' })
})

describe('native requests', () => {
  const native = `${gatewayUrl}/v1/acc/default/google-vertex-ai`
  const headers = { 'cf-aig-authorization': `Bearer ${gatewayKey}`, authorization: `Bearer ${account.file}` }

  test('of @google/genai in express mode pass as they are', async () => {
    const word = uniqueWord()
    const google = new GoogleGenAI({
      vertexai: true,
      apiKey: 'AIzaSyNative',
      httpOptions: { baseUrl: native, headers: { 'cf-aig-authorization': `Bearer ${gatewayKey}` } },
    })
    const asked = { model: 'gemini-2.5-flash', contents: `hello ${word}` }
    expect((await google.models.generateContent(asked)).text).toBe(`You said: hello ${word}`)
    let text = ''
    for await (const chunk of await google.models.generateContentStream(asked)) text += chunk.text ?? ''
    expect(text).toBe(`You said: hello ${word}`)
    const requests = await upstreamRequests(word)
    expect(requests.map(({ path, headers: sent }) => [path, sent['x-goog-api-key']])).toEqual([
      ['/v1beta1/publishers/google/models/gemini-2.5-flash:generateContent', 'AIzaSyNative'],
      ['/v1beta1/publishers/google/models/gemini-2.5-flash:streamGenerateContent', 'AIzaSyNative'],
    ])
  })

  test.each([
    ['authorization', `Bearer ${account.file}`],
    ['x-goog-api-key', account.file],
  ])('with a service account in %s get a token for it, and the account stays here', async (name, value) => {
    const word = uniqueWord()
    const path = '/v1/projects/my-project/locations/us-central1/publishers/google/models/gemini-2.5-flash'
    const response = await fetch(`${native}${path}:generateContent`, {
      method: 'POST',
      headers: { 'cf-aig-authorization': `Bearer ${gatewayKey}`, [name]: value, 'content-type': 'application/json' },
      body: JSON.stringify({ contents: [{ role: 'user', parts: [{ text: `hello ${word}` }] }] }),
    })
    expect(response.status).toBe(200)
    const [request] = await upstreamRequests(word)
    expect(request?.headers['authorization']).toMatch(/^Bearer ya29\./)
    expect(JSON.stringify(request)).not.toContain('PRIVATE KEY')
  })

  test.each([
    ['rawPredict', false],
    ['streamRawPredict', true],
  ])('for Claude leave a row: %s', async (method, stream) => {
    const word = uniqueWord()
    const path = '/v1/projects/my-project/locations/us-east5/publishers/anthropic/models/claude-sonnet-4-5'
    const messages = [{ role: 'user', content: `hello ${word}` }]
    const response = await fetch(`${native}${path}:${method}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ anthropic_version: 'vertex-2023-10-16', max_tokens: 100, messages, stream }),
    })
    expect(response.status).toBe(200)
    expect(await response.text()).toContain(stream ? 'event: message_stop' : `You said: hello ${word}`)
    expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject({
      ...served,
      surface: 'native',
      model: 'claude-sonnet-4-5',
      stream,
    })
  })
})
