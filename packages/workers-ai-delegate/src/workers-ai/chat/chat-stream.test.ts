import { APICallError, type LanguageModelV4CallOptions, type LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { describe, expect, test } from 'vitest'
import { chatModel, hello } from '../__fixtures__/chat-model.ts'
import { deferred } from '../__fixtures__/deferred.ts'
import { jsonResponse } from '../__fixtures__/fake-binding.ts'
import { collect, joinDeltas, sse, sseResponse, streamOf } from '../__fixtures__/streams.ts'

type Part = LanguageModelV4StreamPart

/** The parts of an answer; the same whatever the pieces in which its bytes come. */
async function partsOf(events: string, options: Partial<LanguageModelV4CallOptions> = {}): Promise<Part[]> {
  const [first = [], ...others] = await Promise.all(
    [1, 3, 7, 4096].map(async (size) => {
      const { stream } = await chatModel(() => sseResponse(events, { size })).model.doStream({
        prompt: hello,
        ...options,
      })
      return collect(stream)
    }),
  )
  for (const other of others) expect(other).toEqual(first)
  return first
}

const start = [
  { type: 'stream-start', warnings: [] },
  { type: 'response-metadata', modelId: '@cf/meta/llama-3.1-8b-instruct' },
]
const unknown = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
}
const finish = (unified: string, raw: string = unified) => ({
  type: 'finish',
  finishReason: { unified, raw },
  usage: unknown,
})
const block = (type: 'text' | 'reasoning', id: string, ...deltas: string[]) => [
  { type: `${type}-start`, id },
  ...deltas.map((delta) => ({ type: `${type}-delta`, id, delta })),
  { type: `${type}-end`, id },
]
const delta = (fields: object, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta: fields, finish_reason }],
})
const piece = (fields: object) => delta({ tool_calls: [fields] })
const now = { type: 'function', name: 'now', inputSchema: { type: 'object' } } as const

describe('the text of a stream', () => {
  test('comes from native events', async () => {
    const usage = { prompt_tokens: 11, completion_tokens: 4, total_tokens: 15 }
    const parts = await partsOf(
      sse({ response: 'Hi', p: 'ab' }, { response: ' there' }, { response: '', usage }, '[DONE]'),
    )
    expect(parts).toEqual([
      ...start,
      ...block('text', 'id1', 'Hi', ' there'),
      {
        type: 'finish',
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: {
          inputTokens: { ...unknown.inputTokens, total: 11 },
          outputTokens: { ...unknown.outputTokens, total: 4 },
          raw: usage,
        },
      },
    ])
  })

  test('comes from chunks of a chat completion, with id, model and time first, and thoughts in blocks', async () => {
    const head = { id: 'x1', model: '@cf/a/b', created: 1_700_000_000 }
    const events = [
      { ...head, choices: [{ delta: { role: 'assistant', content: '' } }] },
      { ...head, ...delta({ reasoning_content: 'Gre' }) },
      { ...head, ...delta({ reasoning: 'et.' }) },
      { ...head, ...delta({ content: 'Hello' }) },
      { ...head, ...delta({ reasoning_content: 'More?' }) },
      { ...head, ...delta({ content: '!' }) },
      { ...head, ...delta({}, 'stop') },
      {
        ...head,
        choices: [],
        usage: { prompt_tokens: 1, completion_tokens: 9, completion_tokens_details: { reasoning_tokens: 7 } },
      },
    ]
    const parts = await partsOf(sse(...events, '[DONE]'))
    expect(parts[1]).toEqual({
      type: 'response-metadata',
      id: 'x1',
      modelId: '@cf/a/b',
      timestamp: new Date(1_700_000_000_000),
    })
    expect(parts.slice(2, -1)).toEqual([
      ...block('reasoning', 'id1', 'Gre', 'et.'),
      ...block('text', 'id2', 'Hello'),
      ...block('reasoning', 'id3', 'More?'),
      ...block('text', 'id4', '!'),
    ])
    expect(parts.at(-1)).toMatchObject({
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: { inputTokens: { total: 1 }, outputTokens: { total: 9, text: 2, reasoning: 7 } },
    })
  })

  test('keeps characters that the network cuts in two, and any framing', async () => {
    const parts = await partsOf(
      ': keep-alive\r\n\r\ndata: {"response":"Grüße 👋"}\r\n\r\nevent: x\r\ndata:[DONE]\r\n\r\n',
    )
    expect(parts.slice(2, -1)).toEqual(block('text', 'id1', 'Grüße 👋'))
  })

  test.each([
    ['an object', { response: { a: 1 } }, '{"a":1}'],
    ['a number', { response: 4 }, '4'],
    ['a refusal', delta({ refusal: 'No.' }), 'No.'],
  ])('may be %s', async (_, event, text) => {
    expect((await partsOf(sse(event, '[DONE]'))).slice(2, -1)).toEqual(block('text', 'id1', text))
  })

  test('is that of the first choice', async () => {
    const choices = [
      { index: 1, delta: { content: 'other' } },
      { index: 0, delta: { content: 'first' } },
    ]
    expect((await partsOf(sse({ choices }, '[DONE]'))).slice(2, -1)).toEqual(block('text', 'id1', 'first'))
  })

  test('comes with the raw events where they are asked for', async () => {
    const parts = await partsOf(sse({ response: 'Hi' }, '[DONE]'), { includeRawChunks: true })
    expect(parts.slice(1)).toEqual([
      start[1],
      { type: 'raw', rawValue: { response: 'Hi' } },
      ...block('text', 'id1', 'Hi'),
      finish('stop'),
    ])
  })

  test.each([
    ['a stream', () => streamOf(sse({ response: 'Hi' }, '[DONE]'), 2)],
    ['bytes', new TextEncoder().encode(sse({ response: 'Hi' }, '[DONE]'))],
    ['text', sse({ response: 'Hi' }, '[DONE]')],
    ['a stream of strings', () => ReadableStream.from(['data: {"resp', 'onse":"Hi"}\n\ndata: [DONE]\n\n'])],
    ['a response without a type', () => new Response(sse({ response: 'Hi' }, '[DONE]'))],
  ])('is read from %s', async (_, result) => {
    const { stream } = await chatModel(result).model.doStream({ prompt: hello })
    expect(await collect(stream)).toEqual([...start, ...block('text', 'id1', 'Hi'), finish('stop')])
  })
})

describe('a call in a stream', () => {
  const id = (nth: number, model = `c${nth}`) => `${model}::cf-wai-tool-call::id${nth}`
  const call = (toolCallId: string, input: string, ...deltas: string[]) => [
    { type: 'tool-input-start', id: toolCallId, toolName: 'now' },
    ...deltas.map((part) => ({ type: 'tool-input-delta', id: toolCallId, delta: part })),
    { type: 'tool-input-end', id: toolCallId },
    { type: 'tool-call', toolCallId, toolName: 'now', input },
  ]
  const contentOf = async (...events: (object | string)[]) => (await partsOf(sse(...events, '[DONE]'))).slice(2)
  const calls = (tool_calls: object[]) => ({ response: '', tool_calls })

  test('comes in pieces and ends at the piece of nulls', async () => {
    const parts = await contentOf(
      calls([{ id: 'c1', type: 'function', index: 0, function: { name: 'now', arguments: '' } }]),
      calls([{ index: 0, function: { arguments: '{"tz":' } }]),
      calls([{ index: 0, function: { arguments: '"UTC"}' } }]),
      calls([{ id: null, type: null, index: 0, function: { name: null, arguments: '' } }]),
      { response: 'Done' },
    )
    expect(parts).toEqual([
      ...call(id(1), '{"tz":"UTC"}', '{"tz":', '"UTC"}'),
      ...block('text', 'id2', 'Done'),
      finish('tool-calls', 'stop'),
    ])
  })

  test('ends when the next begins', async () => {
    const parts = await contentOf(
      piece({ index: 0, id: 'c1', function: { name: 'now', arguments: '{"a":1}' } }),
      piece({ index: 1, id: 'c2', function: { name: 'now', arguments: '{}' } }),
      delta({}, 'tool_calls'),
    )
    expect(parts).toEqual([
      ...call(id(1), '{"a":1}', '{"a":1}'),
      ...call(id(2), '{}', '{}'),
      finish('tool-calls', 'tool_calls'),
    ])
  })

  test('goes on after empty pieces, and ends with them when it is whole', async () => {
    const parts = await contentOf(
      piece({ index: 0, id: 'c1', function: { name: 'now', arguments: '' } }),
      piece({ index: 0, function: { arguments: '' } }),
      piece({ index: 0, id: null, function: { name: null, arguments: '{"a":' } }),
      piece({ index: 0, function: { arguments: '' } }),
      piece({ index: 0, function: { arguments: '1}' } }),
      piece({ index: 0, function: { arguments: '' } }),
      delta({ content: 'Done' }),
    )
    expect(parts.slice(0, 5)).toEqual(call(id(1), '{"a":1}', '{"a":', '1}'))
  })

  test('without arguments is another than the next, also where both have one id and index', async () => {
    const first = piece({ index: 0, id: 'functions.now:0', function: { name: 'now', arguments: '' } })
    const parts = await contentOf(first, piece({ id: null, function: { name: null } }), first)
    expect(parts.filter(({ type }) => type === 'tool-call')).toMatchObject([{ input: '{}' }, { input: '{}' }])
  })

  test('may be told bit by bit together with another', async () => {
    const parts = await contentOf(
      piece({ index: 0, id: 'c1', function: { name: 'now', arguments: '{"a"' } }),
      piece({ index: 1, id: 'c2', function: { name: 'now', arguments: '{"b"' } }),
      piece({ index: 0, function: { arguments: ':1}' } }),
      piece({ index: 1, function: { arguments: ':2}' } }),
      delta({}, 'tool_calls'),
    )
    expect(parts.filter(({ type }) => type === 'tool-call')).toMatchObject([{ input: '{"a":1}' }, { input: '{"b":2}' }])
  })

  test('gets an id of its own where the model repeats ids', async () => {
    const parts = await contentOf(
      piece({ index: 0, id: 'functions.now:0', function: { name: 'now', arguments: '{}' } }),
      piece({ id: null, function: { name: null } }),
      piece({ index: 0, id: 'functions.now:0', function: { name: 'now', arguments: '{}' } }),
    )
    const ids = parts.flatMap((part) => (part.type === 'tool-call' ? [part.toolCallId] : []))
    expect(ids).toEqual([id(1, 'functions.now:0'), id(2, 'functions.now:0')])
  })

  test('is another where its id is another, although the index is the same', async () => {
    const parts = await contentOf(
      piece({ index: 0, id: 'c1', function: { name: 'now', arguments: '{"a":1}' } }),
      piece({ index: 0, id: 'c2', function: { name: 'now', arguments: '{"a":2}' } }),
    )
    expect(parts.filter(({ type }) => type === 'tool-call')).toMatchObject([{ input: '{"a":1}' }, { input: '{"a":2}' }])
  })

  test('may be whole, in the native shape', async () => {
    const parts = await contentOf(
      calls([
        { name: 'now', arguments: { tz: 'UTC' } },
        { name: 'now', arguments: {} },
      ]),
    )
    expect(parts).toMatchObject([
      { type: 'tool-input-start' },
      { type: 'tool-input-delta', delta: '{"tz":"UTC"}' },
      { type: 'tool-input-end' },
      { type: 'tool-call', toolCallId: 'id1::cf-wai-tool-call::id2', input: '{"tz":"UTC"}' },
      { type: 'tool-input-start' },
      { type: 'tool-input-delta', delta: '{}' },
      { type: 'tool-input-end' },
      { type: 'tool-call', toolCallId: 'id3::cf-wai-tool-call::id4', input: '{}' },
      { type: 'finish' },
    ])
  })

  test('waits for a name that comes late', async () => {
    const parts = await contentOf(
      piece({ index: 0, id: 'c1', function: { arguments: '{"tz":' } }),
      piece({ index: 0, function: { name: 'now' } }),
      piece({ index: 0, function: { arguments: '"UTC"}' } }),
    )
    expect(parts.slice(0, -1)).toEqual(call(id(1), '{"tz":"UTC"}', '{"tz":', '"UTC"}'))
  })

  test('without a name is an error', async () => {
    const parts = await contentOf(piece({ index: 0, id: 'c1', function: { arguments: '{}' } }))
    expect(parts).toMatchObject([{ type: 'error' }, { type: 'finish', finishReason: { unified: 'error' } }])
  })

  test('without arguments has an empty object', async () => {
    const parts = await contentOf(piece({ index: 0, id: 'c1', function: { name: 'now', arguments: null } }))
    expect(parts.slice(0, -1)).toEqual(call(id(1), '{}'))
  })

  test('is not made of half the arguments when the stream breaks', async () => {
    const half = piece({ index: 0, id: 'c1', function: { name: 'now', arguments: '{"tz":"U' } })
    const parts = await partsOf(sse(half))
    expect(parts.slice(2)).toMatchObject([
      { type: 'tool-input-start' },
      { type: 'tool-input-delta' },
      { type: 'tool-input-end' },
      { type: 'finish', finishReason: { unified: 'error', raw: 'stream-truncated' } },
    ])
  })

  test('closes the block of text before it', async () => {
    const parts = await contentOf(
      delta({ content: 'Wait.' }),
      piece({ index: 0, id: 'c1', function: { name: 'now', arguments: '{}' } }),
    )
    expect(parts.map(({ type }) => type).slice(0, 4)).toEqual([
      'text-start',
      'text-delta',
      'text-end',
      'tool-input-start',
    ])
  })
})

describe('a forced call that is streamed as text', () => {
  const forced: Partial<LanguageModelV4CallOptions> = { tools: [now], toolChoice: { type: 'tool', toolName: 'now' } }

  test('is a call', async () => {
    const events = sse(
      delta({ content: '{"name":"no' }),
      delta({ content: 'w","tz":"UTC"}' }),
      delta({}, 'stop'),
      '[DONE]',
    )
    const parts = await partsOf(events, forced)
    expect(parts.slice(2)).toMatchObject([
      { type: 'tool-input-start', toolName: 'now' },
      { type: 'tool-input-delta', delta: '{"tz":"UTC"}' },
      { type: 'tool-input-end' },
      { type: 'tool-call', toolName: 'now', input: '{"tz":"UTC"}' },
      {
        type: 'finish',
        finishReason: { unified: 'tool-calls', raw: 'stop' },
        providerMetadata: { 'workers-ai': { recoveredToolCalls: 1 } },
      },
    ])
  })

  test('is not waited for once the text is no JSON', async () => {
    let isDone = false
    const { stream } = await chatModel(
      () =>
        new Response(
          new ReadableStream({
            pull: (controller) => {
              if (isDone) return
              isDone = true
              controller.enqueue(new TextEncoder().encode(sse({ response: 'Well,' })))
            },
          }),
        ),
    ).model.doStream({ prompt: hello, ...forced })
    const reader = stream.getReader()
    const types = [await reader.read(), await reader.read(), await reader.read(), await reader.read()].map(
      ({ value }) => value?.type,
    )
    expect(types).toEqual(['stream-start', 'response-metadata', 'text-start', 'text-delta'])
    await reader.cancel()
  })

  test.each(['{"name":"analysis"}', '{"name":"now"'])('stays text where it is none: %s', async (content) => {
    const parts = await partsOf(sse(delta({ content }), delta({}, 'stop'), '[DONE]'), forced)
    expect(parts.slice(2)).toEqual([...block('text', 'id1', content), finish('stop')])
  })

  test('is text beside a real call', async () => {
    const real = piece({ index: 0, id: 'c1', function: { name: 'now', arguments: '{}' } })
    const parts = await partsOf(sse(delta({ content: '{"name":"now"}' }), real, '[DONE]'), forced)
    expect(parts.filter(({ type }) => type === 'tool-call')).toHaveLength(1)
    expect(joinDeltas(parts)).toContainEqual({ type: 'text-delta', id: 'id1', delta: '{"name":"now"}' })
  })
})

describe('the end of a stream', () => {
  test.each([
    ['length', 'length'],
    ['content_filter', 'content-filter'],
    ['something_new', 'other'],
  ])('%s is %s', async (raw, unified) => {
    expect((await partsOf(sse(delta({ content: 'x' }, raw), '[DONE]'))).at(-1)).toEqual(finish(unified, raw))
  })

  test.each([
    ['after words', sse({ response: 'Hel' })],
    ['after nothing', ''],
    ['in an event', 'data: {"response":"Hel'],
  ])('is an error where it comes too early: %s', async (_, events) => {
    const parts = await partsOf(events)
    expect(parts.at(-1)).toMatchObject({ type: 'finish', finishReason: { unified: 'error' } })
    const opened = parts.filter(({ type }) => type === 'text-start')
    expect(parts.filter(({ type }) => type === 'text-end')).toHaveLength(opened.length)
  })

  test('needs no `[DONE]` where the model gave its reason', async () => {
    expect((await partsOf(sse(delta({ content: 'x' }, 'stop')))).at(-1)).toEqual(finish('stop'))
  })

  test.each([
    {
      event: { errors: [{ code: 3040, message: 'Capacity exceeded' }] },
      message: '3040: Capacity exceeded',
      status: 429,
    },
    { event: { error: { code: 5007, message: 'No such model' } }, message: '5007: No such model', status: 400 },
    { event: { error: 'It broke.' }, message: 'It broke.', status: undefined },
    {
      event: { success: false, result: null, errors: [{ code: 3007, message: 'Timeout' }] },
      message: '3007: Timeout',
      status: 408,
    },
  ])('is an error where an event states one: $message', async ({ event, message, status }) => {
    const parts = await partsOf(sse({ response: 'Hel' }, event, '[DONE]'))
    const failure = parts.find((part) => part.type === 'error')
    expect(failure?.error).toMatchObject({ message, statusCode: status })
    expect(APICallError.isInstance(failure?.error)).toBe(true)
    expect(parts.slice(-2)).toMatchObject([
      { type: 'text-end' },
      { type: 'finish', finishReason: { unified: 'error', raw: 'error' } },
    ])
  })

  test('is an error where an event is no JSON', async () => {
    const parts = await partsOf(sse({ response: 'Hel' }, '{"respo', { response: 'lo' }, '[DONE]'))
    expect(parts.map(({ type }) => type).slice(2)).toEqual([
      'text-start',
      'text-delta',
      'error',
      'text-delta',
      'text-end',
      'finish',
    ])
    expect(parts.at(-1)).toMatchObject({ finishReason: { unified: 'error' } })
  })

  test('is an error part and a finish where the connection breaks', async () => {
    const body = new ReadableStream({
      pull: (controller) => {
        if (controller.desiredSize === 0) return
        controller.enqueue(new TextEncoder().encode(sse({ response: 'Hel' })))
        controller.error(new TypeError('network error'))
      },
    })
    const { stream } = await chatModel(() => body).model.doStream({ prompt: hello })
    const parts = await collect(stream)
    expect(parts.slice(-2)).toMatchObject([
      { type: 'error', error: { message: 'network error', isRetryable: true } },
      { type: 'finish', finishReason: { unified: 'error', raw: 'error' } },
    ])
  })

  test("carries the gateway's facts, and the result its headers", async () => {
    const headers = { 'cf-aig-log-id': 'log1', 'gw-warnings': 'seed' }
    const { model } = chatModel(() => sseResponse(sse({ response: 'x' }, '[DONE]'), { headers }))
    const { stream, response, request } = await model.doStream({ prompt: hello })
    expect(response?.headers).toMatchObject(headers)
    expect(request).toEqual({ body: { messages: [{ role: 'user', content: 'Hi' }], stream: true } })
    const parts = await collect(stream)
    expect(parts[0]).toMatchObject({ type: 'stream-start', warnings: [{ feature: 'seed' }] })
    expect(parts.at(-1)).toMatchObject({ providerMetadata: { gateway: { logId: 'log1', warnings: ['seed'] } } })
  })
})

describe('an answer that comes whole although a stream was asked for', () => {
  const message = {
    role: 'assistant',
    content: 'Hello',
    reasoning_content: 'Greet.',
    tool_calls: [{ id: 'c1', function: { name: 'now', arguments: '{}' } }],
  }
  const completion = {
    id: 'x1',
    choices: [{ index: 0, message, finish_reason: 'tool_calls' }],
    usage: { prompt_tokens: 3 },
  }
  test.each([
    ['an object', completion],
    ['an envelope', () => jsonResponse({ result: completion, success: true, errors: [], messages: [] })],
    ['a stream', () => streamOf(JSON.stringify(completion), 5)],
    ['an event', () => sseResponse(sse(completion))],
  ])('is parts all the same: %s', async (_, result) => {
    const { stream } = await chatModel(result).model.doStream({ prompt: hello })
    expect(
      (await collect(stream)).map((part) => (part.type === 'finish' ? part.finishReason.unified : part.type)),
    ).toEqual([
      'stream-start',
      'response-metadata',
      'reasoning-start',
      'reasoning-delta',
      'reasoning-end',
      'text-start',
      'text-delta',
      'text-end',
      'tool-input-start',
      'tool-input-delta',
      'tool-input-end',
      'tool-call',
      'tool-calls',
    ])
  })

  test('may be native, or text', async () => {
    const enveloped = '{"result":"Hi","success":true}'
    for (const result of [
      { response: 'Hi' },
      () => jsonResponse({ response: 'Hi' }),
      () => streamOf('{"response":"Hi"}'),
      () => streamOf(enveloped),
      'Hi',
    ]) {
      const { stream } = await chatModel(result).model.doStream({ prompt: hello })
      expect(await collect(stream)).toEqual([...start, ...block('text', 'id1', 'Hi'), finish('stop')])
    }
  })

  test('is asked for once more, without streaming, where it is empty', async () => {
    const { model, runs } = chatModel((_, index) =>
      jsonResponse(index === 0 ? { result: {}, success: true } : { response: 'Hi' }),
    )
    const parts = await collect((await model.doStream({ prompt: hello })).stream)
    expect(runs.map(({ inputs }) => inputs['stream'])).toEqual([true, undefined])
    expect(parts[0]).toMatchObject({ warnings: [{ type: 'compatibility', feature: 'streaming' }] })
    expect(parts.at(-1)).toMatchObject({ finishReason: { unified: 'stop' } })
  })
})

describe('a schema that Workers AI does not stream', () => {
  const responseFormat = { type: 'json', schema: { type: 'object' } } as const
  const refusal = {
    success: false,
    errors: [{ code: 5023, message: 'JSON Schema mode is not supported with stream mode.' }],
  }

  test.each([
    ['by a response', () => jsonResponse(refusal, { status: 400 })],
    [
      'by throwing',
      () => {
        throw new Error('5023: JSON Schema mode is not supported with stream mode.')
      },
    ],
  ])('and refuses %s is asked for whole, once, with a warning, and with its tools', async (_, refuse) => {
    const { model, runs } = chatModel((_run, index) => (index === 0 ? refuse() : jsonResponse({ response: { a: 1 } })))
    const { stream } = await model.doStream({ prompt: hello, responseFormat, tools: [now] })
    const parts = await collect(stream)
    expect(runs.map(({ inputs }) => inputs['stream'])).toEqual([true, undefined])
    expect(runs[1]?.inputs).toMatchObject({
      tools: [{ function: { name: 'now' } }],
      response_format: { type: 'json_schema' },
    })
    expect(parts[0]).toMatchObject({ warnings: [{ type: 'compatibility', feature: 'streaming' }] })
    expect(parts.slice(2, -1)).toEqual(block('text', 'id1', '{"a":1}'))
  })

  test('is an error when it fails again', async () => {
    const { model, runs } = chatModel(() => jsonResponse(refusal, { status: 400 }))
    await expect(model.doStream({ prompt: hello, responseFormat })).rejects.toMatchObject({ statusCode: 400 })
    expect(runs).toHaveLength(2)
  })

  test('is not asked for again without a schema, or after another error', async () => {
    const plain = chatModel(() => jsonResponse(refusal, { status: 400 }))
    await expect(plain.model.doStream({ prompt: hello })).rejects.toMatchObject({ statusCode: 400 })
    const busy = chatModel(() => jsonResponse({ errors: [{ code: 3040, message: 'x' }] }, { status: 429 }))
    await expect(busy.model.doStream({ prompt: hello, responseFormat })).rejects.toMatchObject({ statusCode: 429 })
    expect([plain.runs.length, busy.runs.length]).toEqual([1, 1])
  })
})

describe('a stream', () => {
  function endless() {
    const counts = { pulled: 0, cancelled: deferred<unknown>() }
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          counts.pulled += 1
          controller.enqueue(new TextEncoder().encode(sse({ response: `${counts.pulled} ` })))
        },
        cancel: (reason) => counts.cancelled.resolve(reason),
      },
      { highWaterMark: 0 },
    )
    return { body, counts }
  }

  test('is read no faster than its reader reads', async () => {
    const { body, counts } = endless()
    const { stream } = await chatModel(() => body).model.doStream({ prompt: hello })
    const reader = stream.getReader()
    expect(counts.pulled).toBe(0)
    for (let read = 0; read < 5; read += 1) await reader.read()
    expect(counts.pulled).toBeLessThanOrEqual(3)
    await reader.cancel('enough')
    expect(await counts.cancelled.promise).toBe('enough')
  })

  test('that is aborted ends at once with the reason and cancels the body', async () => {
    const { body, counts } = endless()
    const controller = new AbortController()
    const { stream } = await chatModel(() => body).model.doStream({ prompt: hello, abortSignal: controller.signal })
    const reader = stream.getReader()
    await reader.read()
    const reason = new DOMException('stop', 'AbortError')
    controller.abort(reason)
    await expect(reader.read()).rejects.toBe(reason)
    expect(await counts.cancelled.promise).toBe(reason)
  })

  test('that waits for its next event does not keep an abort waiting', async () => {
    const controller = new AbortController()
    const silent = new ReadableStream<Uint8Array>({ pull: () => new Promise<void>(() => {}) })
    const { stream } = await chatModel(() => silent).model.doStream({ prompt: hello, abortSignal: controller.signal })
    const read = collect(stream)
    controller.abort(new DOMException('stop', 'AbortError'))
    await expect(read).rejects.toThrow('stop')
  })
})
