import { describe, expect, test } from 'vitest'

import { ask, post, send } from '../__fixtures__/call.ts'
import { readFrames } from '../__fixtures__/read-frames.ts'

const text = (words: string) => ({ role: 'user', content: [{ text: words }] })
const toolSpec = {
  name: 'f',
  description: 'does it',
  inputSchema: { json: { type: 'object', properties: { q: { type: 'string' } } } },
}
const toolConfig = { tools: [{ toolSpec }] }
const base = { model: 'amazon.nova/converse', messages: [text('hi')] }
const stream = { ...base, model: 'amazon.nova/converse-stream' }
const framesOf = async (body: Record<string, unknown>) =>
  readFrames(new Uint8Array(await (await post('bedrock', body)).arrayBuffer()))

describe('answers', () => {
  test('a question is echoed with its usage, and without a name', async () => {
    const response = await post('bedrock', ask('bedrock'))
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await response.json()).toEqual({
      metrics: { latencyMs: 321 },
      output: { message: { role: 'assistant', content: [{ text: 'You said: hello there' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 2, outputTokens: 4, serverToolUsage: {}, totalTokens: 6 },
    })
  })

  test('a stream is frames whose checksums are right, in order, each padded', async () => {
    const response = await post('bedrock', ask('bedrock', { stream: true }))
    expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream')
    const frames = readFrames(new Uint8Array(await response.arrayBuffer()))
    expect(frames.map(({ headers }) => headers[':event-type'])).toEqual([
      'messageStart',
      ...Array.from({ length: 4 }, () => 'contentBlockDelta'),
      'contentBlockStop',
      'messageStop',
      'metadata',
    ])
    expect(frames[1]).toEqual({
      headers: {
        ':event-type': 'contentBlockDelta',
        ':content-type': 'application/json',
        ':message-type': 'event',
      },
      payload: { contentBlockIndex: 0, delta: { text: 'You' }, p: expect.stringMatching(/^abcd/) },
    })
    expect(frames.at(-1)?.payload.usage).toMatchObject({ inputTokens: 2, outputTokens: 4 })
  })

  test('a tool call, whole and in pieces', async () => {
    const choice = { ...toolConfig, toolChoice: { any: {} } }
    const { output, stopReason } = await (await post('bedrock', { ...base, toolConfig: choice })).json()
    const toolUseId = expect.stringMatching(/^tooluse_\w{22}$/)
    expect([output.message.content, stopReason]).toEqual([
      [{ toolUse: { toolUseId, name: 'f', input: { q: 'q' } } }],
      'tool_use',
    ])
    const frames = await framesOf({ ...stream, toolConfig: choice })
    expect(frames[1]?.payload).toMatchObject({ contentBlockIndex: 0, start: { toolUse: { toolUseId, name: 'f' } } })
    expect(frames.map(({ payload }) => payload.delta?.toolUse.input ?? '').join('')).toBe('{"q":"q"}')
  })

  test('reasoning is signed, and what is signed is taken back', async () => {
    const thinking = {
      model: 'anthropic.claude/converse',
      messages: [text('hi')],
      additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1024 } },
    }
    const { output } = await (await post('bedrock', thinking)).json()
    const [reasoning] = output.message.content
    expect(reasoning).toMatchObject({ reasoningContent: { reasoningText: { text: 'Thinking about: hi' } } })
    const again = (signature: string) => {
      const { text: thought } = reasoning.reasoningContent.reasoningText
      const content = [{ reasoningContent: { reasoningText: { text: thought, signature } } }, { text: 'x' }]
      return post('bedrock', { ...thinking, messages: [text('hi'), { role: 'assistant', content }, text('more')] })
    }
    expect((await again(reasoning.reasoningContent.reasoningText.signature)).status).toBe(200)
    expect((await again('forged')).status).toBe(400)
  })

  test('a cache point caches what stands before it', async () => {
    const long = Array.from({ length: 1100 }, (_, index) => `w${index}`).join(' ')
    const system = [{ text: long }, { cachePoint: { type: 'default' } }]
    const { usage } = await (await post('bedrock', { ...base, system })).json()
    expect(usage).toMatchObject({
      inputTokens: 1,
      cacheReadInputTokens: 0,
      cacheWriteInputTokens: 1100,
      totalTokens: 1104,
    })
  })

  test('an exception ends a stream that breaks', async () => {
    const frames = await framesOf({ ...stream, model: 'm+error-frame:429/converse-stream' })
    expect(frames).toEqual([
      {
        headers: {
          ':exception-type': 'throttlingException',
          ':content-type': 'application/json',
          ':message-type': 'exception',
        } as Record<string, string>,
        payload: { message: 'Too many requests, please wait before trying again.' },
      },
    ])
  })
})

describe('Claude by InvokeModel', () => {
  const body = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }] }
  const invoke = (operation: string, change: object = {}) =>
    send(
      `/aws-bedrock/model/anthropic.claude-x%3A0/${operation}`,
      { ...body, ...change },
      { headers: { authorization: 'Bearer aws' } },
    )

  test('answers in its own words', async () => {
    expect(await (await invoke('invoke')).json()).toMatchObject({ type: 'message', model: 'anthropic.claude-x:0' })
    const response = await invoke('invoke-with-response-stream')
    const frames = readFrames(new Uint8Array(await response.arrayBuffer()))
    const events = frames.map(({ headers, payload }) => [headers[':event-type'], JSON.parse(atob(payload.bytes)).type])
    expect([events[0], events.at(-1)]).toEqual([
      ['chunk', 'message_start'],
      ['chunk', 'message_stop'],
    ])
  })

  test.each([{ model: 'm' }, { stream: true }, { anthropic_version: '2023-06-01' }])('refuses %j', async (change) => {
    expect((await invoke('invoke', change)).status).toBe(400)
  })
})

describe('refusals of wrong requests', () => {
  const called = { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'f', input: {} } }] }
  const result = { role: 'user', content: [{ toolResult: { toolUseId: 't', content: [{ text: 'r' }] } }] }
  const cases: [string, Record<string, unknown>, string][] = [
    ['model in the body', { ...base, modelId: 'x' }, 'extraneous key [modelId]'],
    ['an OpenAI message', { ...base, messages: [{ role: 'user', content: 'hi' }] }, 'messages.0.content'],
    [
      'two members',
      { ...base, messages: [{ role: 'user', content: [{ text: 'a', cachePoint: { type: 'default' } }] }] },
      'exactly one of',
    ],
    [
      'an assistant first',
      { ...base, messages: [{ role: 'assistant', content: [{ text: 'a' }] }] },
      'must start with a user message',
    ],
    ['blank text', { ...base, messages: [text(' ')] }, 'is blank'],
    ['too warm', { ...base, inferenceConfig: { temperature: 1.5 } }, 'inferenceConfig.temperature'],
    [
      'calls without toolConfig',
      { ...base, messages: [text('a'), called, result] },
      'toolConfig field must be defined',
    ],
    [
      'an open call',
      { ...base, toolConfig, messages: [text('a'), called, text('b')] },
      'Expected toolResult blocks at messages.2.content',
    ],
    ['a stray result', { ...base, toolConfig, messages: [result] }, 'exceeds the number of toolUse blocks'],
    [
      'a bad tool name',
      { ...base, toolConfig: { tools: [{ toolSpec: { ...toolSpec, name: 'a b' } }] } },
      "Value 'a b'",
    ],
    ['no tools', { ...base, toolConfig: { tools: [] } }, 'toolConfig.tools'],
    [
      'a document alone',
      {
        ...base,
        messages: [{ role: 'user', content: [{ document: { format: 'pdf', name: 'a', source: { bytes: 'AAAA' } } }] }],
      },
      'no text',
    ],
  ]
  test.each(cases)('%s', async (_, body, message) => {
    const response = await post('bedrock', body)
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([
      400,
      'ValidationException:http://internal.amazon.com/coral/com.amazon.bedrock/',
    ])
    expect((await response.json()).message).toContain(message)
  })
})

describe('credentials', () => {
  const statusWith = async (headers: Record<string, string>) =>
    (await send('/aws-bedrock/model/m/converse', { messages: [text('hi')] }, { headers })).status
  const signature = `AWS4-HMAC-SHA256 Credential=AKIA0/20261121/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`

  test.each<[string, Record<string, string>, number]>([
    ['none', {}, 403],
    ['a bad key', { authorization: 'Bearer bad-key' }, 403],
    ['an API key', { authorization: 'Bearer ABSK' }, 200],
    ['a signature', { authorization: signature, 'x-amz-date': '20261121T000000Z' }, 200],
    ['a signature without its date', { authorization: signature }, 403],
    [
      'a signature for another service',
      { authorization: signature.replace('/bedrock/', '/s3/'), 'x-amz-date': '20261121T000000Z' },
      403,
    ],
  ])('%s', async (_, headers, status) => {
    expect(await statusWith(headers)).toBe(status)
  })
})
