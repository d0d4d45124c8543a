import Anthropic from '@anthropic-ai/sdk'
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { gatewayKey, gatewayUrl, poll, allRows, rowOf, uniqueWord, upstreamRequests } from './gateway-under-test.ts'
import { verifySignature } from './verify-signature.ts'

const model = 'anthropic.claude-sonnet-4-5-20250929-v1:0'
const escaped = 'anthropic.claude-sonnet-4-5-20250929-v1%3A0'
/** Nano-USD for two tokens in and four out at 3.3 and 16.5 USD per million, Amazon's regional price. */
const cost = 2 * 3300 + 4 * 16_500

const openai = new OpenAI({ apiKey: gatewayKey, baseURL: `${gatewayUrl}/v1`, maxRetries: 0 })
const withSecret = (secret: string): OpenAI =>
  new OpenAI({
    apiKey: secret,
    baseURL: `${gatewayUrl}/v1`,
    maxRetries: 0,
    defaultHeaders: { 'cf-aig-authorization': `Bearer ${gatewayKey}` },
  })

const ask = (text: string) => ({
  model: `aws-bedrock/${model}`,
  messages: [{ role: 'user' as const, content: text }],
})

const answered = {
  surface: 'chat-completions',
  provider: 'aws-bedrock',
  model,
  status_code: 200,
  ending: 'complete',
  usage: { input: 2, output: 4 },
  usage_source: 'reported',
  cost_nano_usd: cost,
}

describe.concurrent('chat through Converse', () => {
  test("an API key of the caller's goes out as it is", async () => {
    const word = uniqueWord()
    const { data, response } = await withSecret('ABSKcaller')
      .chat.completions.create(ask(`hello ${word}`))
      .withResponse()
    expect(data.choices[0]?.message.content).toBe(`You said: hello ${word}`)
    expect(data.usage).toMatchObject({ prompt_tokens: 2, completion_tokens: 4, total_tokens: 6 })
    const [request] = await upstreamRequests(word)
    expect([request?.path, request?.headers['authorization']]).toEqual([
      `/model/${escaped}/converse`,
      'Bearer ABSKcaller',
    ])
    expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject({ ...answered, key_source: 'request' })
  })

  test('access keys of the environment sign what is sent, and do not go out', async () => {
    const word = uniqueWord()
    const { response } = await openai.chat.completions.create(ask(`hello ${word}`)).withResponse()
    const [request] = await upstreamRequests(word)
    expect(request && verifySignature(signedPart(request), 'env/aws-bedrock+secret')).toEqual({
      keyId: 'AKIAENVAWSBEDROCK000',
      region: 'eu-central-1',
      service: 'bedrock',
      signedHeaders: 'host;x-amz-date',
      isValid: true,
    })
    expect(JSON.stringify(request)).not.toContain('env/aws-bedrock+secret')
    expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject({ ...answered, key_source: 'environment' })
  })

  test("access keys of the caller's sign with their session token", async () => {
    const word = uniqueWord()
    await withSecret('ASIACALLER0000000000:caller/secret:to/ken').chat.completions.create(ask(`hello ${word}`))
    const [request] = await upstreamRequests(word)
    expect(request && verifySignature(signedPart(request), 'caller/secret')).toMatchObject({
      keyId: 'ASIACALLER0000000000',
      signedHeaders: 'host;x-amz-date;x-amz-security-token',
      isValid: true,
    })
    expect(request?.headers['x-amz-security-token']).toBe('to/ken')
    expect(JSON.stringify(request)).not.toContain('caller/secret')
  })

  test('a stream', async () => {
    const word = uniqueWord()
    const body = { ...ask(`hello ${word}`), stream: true as const, stream_options: { include_usage: true } }
    const { data, response } = await openai.chat.completions.create(body).withResponse()
    let text = ''
    let pieces = 0
    let usage: OpenAI.CompletionUsage | null | undefined
    for await (const chunk of data) {
      text += chunk.choices[0]?.delta.content ?? ''
      pieces += chunk.choices[0]?.delta.content ? 1 : 0
      usage = chunk.usage ?? usage
    }
    expect([text, pieces]).toEqual([`You said: hello ${word}`, 4])
    expect(usage).toMatchObject({ prompt_tokens: 2, completion_tokens: 4 })
    const [request] = await upstreamRequests(word)
    expect(request?.path).toBe(`/model/${escaped}/converse-stream`)
    expect(request?.headers['accept']).toBe('application/vnd.amazon.eventstream')
    expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject({ ...answered, stream: true })
  })

  test('a tool loop, streamed', async () => {
    const word = uniqueWord()
    const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
    const tools = [{ type: 'function' as const, function: { name: 'get_weather', description: 'weather', parameters } }]
    const question = { role: 'user' as const, content: `call get_weather ${word}` }
    const running = openai.chat.completions.stream({
      ...ask(''),
      messages: [question],
      tools,
      tool_choice: 'required',
    })
    const { message, finish_reason } = (await running.finalChatCompletion()).choices[0] ?? {}
    const [call] = message?.tool_calls ?? []
    expect([finish_reason, call?.type === 'function' && call.function]).toMatchObject([
      'tool_calls',
      { name: 'get_weather', arguments: '{"city":"city"}' },
    ])
    const { choices } = await openai.chat.completions.create({
      ...ask(''),
      messages: [
        question,
        { role: 'assistant', content: null, tool_calls: message?.tool_calls ?? [] },
        { role: 'tool', tool_call_id: call?.id ?? '', content: 'rain' },
      ],
      tools,
    })
    expect(choices[0]?.message.content).toBe('The tool said: rain')
  })

  test.each([
    ['context-length', 400, 'context_length_exceeded'],
    ['model-not-found', 404, 'model_not_found'],
    ['quota', 429, 'insufficient_quota'],
  ])('an error is what it is: %s', async (fault, status, code) => {
    const body = { ...ask('hello'), model: `aws-bedrock/${model}+${fault}` }
    const failing = openai.chat.completions.create(body, { headers: { 'gw-free-fallback': 'off' } })
    await expect(failing).rejects.toMatchObject({ status, code })
  })

  test('a stream that ends with an exception is an error to the caller', async () => {
    const body = { ...ask('hello'), model: `aws-bedrock/${model}+error-frame:429`, stream: true as const }
    await expect(openai.chat.completions.create(body).then(collect)).rejects.toThrow('Too many requests')
  })
})

describe.concurrent('Claude for callers of the Messages API', () => {
  const anthropic = new Anthropic({ apiKey: gatewayKey, baseURL: gatewayUrl, maxRetries: 0 })
  const body = (word: string) => ({
    model: `aws-bedrock/${model}`,
    max_tokens: 2000,
    thinking: { type: 'enabled' as const, budget_tokens: 1024 },
    messages: [{ role: 'user' as const, content: `hello ${word}` }],
  })

  test('is invoked in its own words', async () => {
    const word = uniqueWord()
    const { content } = await anthropic.messages.create(body(word))
    expect(content).toMatchObject([
      { type: 'thinking', signature: expect.stringMatching(/./) },
      { type: 'text', text: `You said: hello ${word}` },
    ])
    const [request] = await upstreamRequests(word)
    expect(request?.path).toBe(`/model/${escaped}/invoke`)
    const { model: _, ...sent } = body(word)
    expect(request?.body).toEqual({ anthropic_version: 'bedrock-2023-05-31', ...sent })
  })

  test('streams', async () => {
    const word = uniqueWord()
    const running = anthropic.messages.stream(body(word))
    expect(await running.finalText()).toBe(`You said: hello ${word}`)
    const [request] = await upstreamRequests(word)
    expect(request?.path).toBe(`/model/${escaped}/invoke-with-response-stream`)
    const { response } = await running.withResponse()
    expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject({
      surface: 'messages',
      stream: true,
      model,
    })
  })
})

describe.concurrent("Amazon's own SDK on the native path", () => {
  const client = new BedrockRuntimeClient({
    endpoint: `${gatewayUrl}/v1/acc/default/aws-bedrock/bedrock-runtime/us-east-1/`,
    region: 'us-east-1',
    token: { token: gatewayKey },
    authSchemePreference: ['httpBearerAuth'],
    requestHandler: new NodeHttpHandler(),
    maxAttempts: 1,
  })
  const messages = (word: string) => [{ role: 'user' as const, content: [{ text: `hello ${word}` }] }]
  const rowWith = (word: string) =>
    poll(async () => {
      const row = (await allRows()).find(({ requested_model }) => requested_model === named(word))
      if (!row) throw new Error('The row has not arrived.')
      return row
    })
  /** An inference profile of an account of its own, by which the row is found. */
  const named = (word: string): string => `arn:aws:bedrock:us-east-1:${word}:inference-profile/us.${model}`

  test('Converse', async () => {
    const word = uniqueWord()
    const { output, usage } = await client.send(new ConverseCommand({ modelId: named(word), messages: messages(word) }))
    expect(output?.message?.content).toEqual([{ text: `You said: hello ${word}` }])
    expect(usage).toMatchObject({ inputTokens: 2, outputTokens: 4 })
    const [request] = await upstreamRequests(word)
    expect(request?.path).toBe(`/model/${encodeURIComponent(named(word))}/converse`)
    expect(request && verifySignature(signedPart(request), 'env/aws-bedrock+secret').isValid).toBe(true)
    expect(await rowWith(word)).toMatchObject({ ...answered, surface: 'native', model: named(word) })
  })

  test('ConverseStream', async () => {
    const word = uniqueWord()
    const { stream } = await client.send(new ConverseStreamCommand({ modelId: named(word), messages: messages(word) }))
    const events = stream ? await collect(stream) : []
    const text = events.map(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? '').join('')
    expect(text).toBe(`You said: hello ${word}`)
    expect(events.at(-1)?.metadata?.usage).toMatchObject({ inputTokens: 2, outputTokens: 4 })
    expect(await rowWith(word)).toMatchObject({ ...answered, surface: 'native', model: named(word), stream: true })
  })

  test('InvokeModelWithResponseStream of Claude', async () => {
    const word = uniqueWord()
    const body = {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 50,
      messages: [{ role: 'user', content: `hello ${word}` }],
    }
    const command = new InvokeModelWithResponseStreamCommand({
      modelId: named(word),
      contentType: 'application/json',
      body: JSON.stringify(body),
    })
    const { body: stream } = await client.send(command)
    const events = stream ? await collect(stream) : []
    const texts = events.map(({ chunk }) => JSON.parse(new TextDecoder().decode(chunk?.bytes)).delta?.text ?? '')
    expect(texts.join('')).toBe(`You said: hello ${word}`)
    expect(await rowWith(word)).toMatchObject({ ...answered, surface: 'native', model: named(word), stream: true })
  })

  test.each([
    ['error-frame:429', 'ThrottlingException', 'rate_limit'],
    ['cut:2', 'ModelStreamErrorException', 'upstream_error'],
  ])('a stream that breaks (%s) is %s to the client, and %s in the row', async (fault, name, error_type) => {
    const modelId = `${named(uniqueWord())}+${fault}`
    const failing = client
      .send(new ConverseStreamCommand({ modelId, messages: messages('x') }))
      .then(({ stream }) => (stream ? collect(stream) : []))
    await expect(failing).rejects.toMatchObject({ name })
    const row = await poll(async () => {
      const found = (await allRows()).find(({ requested_model }) => requested_model === modelId)
      if (!found) throw new Error('The row has not arrived.')
      return found
    })
    expect(row).toMatchObject({ success: false, error_type })
  })

  test('a request that its caller signed passes with that signature', async () => {
    const word = uniqueWord()
    const signing = new BedrockRuntimeClient({
      endpoint: `${gatewayUrl}/v1/acc/default/aws-bedrock/bedrock-runtime/us-east-1/`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAOFTHECALLER00000', secretAccessKey: 'caller' },
      authSchemePreference: ['sigv4'],
      requestHandler: new NodeHttpHandler(),
      maxAttempts: 1,
    })
    signing.middlewareStack.add(
      (next) => (args) => {
        Object.assign(Object(args.request)['headers'], { 'cf-aig-authorization': `Bearer ${gatewayKey}` })
        return next(args)
      },
      { step: 'finalizeRequest', priority: 'low' },
    )
    await signing.send(new ConverseCommand({ modelId: model, messages: messages(word) }))
    const [request] = await upstreamRequests(word)
    expect(request?.headers).toMatchObject({
      authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIAOFTHECALLER00000\//),
      'x-amz-date': expect.stringMatching(/^\d{8}T\d{6}Z$/),
    })
  })
})

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

interface Recorded {
  method: string
  path: string
  search: string
  headers: Record<string, string>
  body: unknown
}

/** The simulator takes the provider off the path, and parses the body. */
function signedPart({ method, path, search, headers, body }: Recorded) {
  return { method, path: `/aws-bedrock${path}`, search, headers, body: JSON.stringify(body) }
}
