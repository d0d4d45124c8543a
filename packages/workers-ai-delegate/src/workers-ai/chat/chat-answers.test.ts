import { describe, expect, test } from 'vitest'
import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { chatModel, hello } from '../__fixtures__/chat-model.ts'
import { jsonResponse, type FakeAnswer } from '../__fixtures__/fake-binding.ts'
import { sse, streamOf } from '../__fixtures__/streams.ts'

async function answer(result: FakeAnswer, options: Partial<LanguageModelV4CallOptions> = {}) {
  return chatModel(result).model.doGenerate({ prompt: hello, ...options })
}

const usage = { prompt_tokens: 10, completion_tokens: 4, total_tokens: 14 }
const now = { type: 'function', name: 'now', inputSchema: { type: 'object' } } as const
const later = { type: 'function', name: 'later', inputSchema: { type: 'object' } } as const

describe('a whole answer', () => {
  const native = { response: 'Hello', tool_calls: [], usage }
  const envelope = { result: native, success: true, errors: [], messages: [] }
  test.each([
    ['an object', native],
    ['an object in an envelope', envelope],
    ['a response', () => jsonResponse(native)],
    ['a response in an envelope', () => jsonResponse(envelope)],
    [
      'a response whose type has a charset',
      () => new Response(JSON.stringify(native), { headers: { 'content-type': 'application/json; charset=utf-8' } }),
    ],
    ['a response without a type', () => new Response(streamOf(JSON.stringify(envelope)))],
    ['a stream of JSON', () => streamOf(JSON.stringify(native), 3)],
    ['bytes of JSON', new TextEncoder().encode(JSON.stringify(native))],
    ['a buffer of JSON', new TextEncoder().encode(JSON.stringify(envelope)).buffer],
  ])('is read from %s', async (_, result) => {
    const { content, finishReason, usage: tokens } = await answer(result)
    expect(content).toEqual([{ type: 'text', text: 'Hello' }])
    expect(finishReason).toEqual({ unified: 'stop', raw: 'stop' })
    expect(tokens.inputTokens.total).toBe(10)
  })

  test.each([
    ['text alone', 'Hello', 'Hello'],
    ['an object in JSON mode', { response: { name: 'Bob' } }, '{"name":"Bob"}'],
    ['a number', { response: 42 }, '42'],
    ['content that is an object', { choices: [{ message: { content: { a: 1 } } }] }, '{"a":1}'],
    [
      'content in parts',
      {
        choices: [
          {
            message: {
              content: [
                { type: 'text', text: 'a' },
                { type: 'text', text: 'b' },
              ],
            },
          },
        ],
      },
      'ab',
    ],
    ['a refusal', { choices: [{ message: { content: null, refusal: 'No.' } }] }, 'No.'],
    ['a response that is a string in the envelope', { result: 'Hello', success: true }, 'Hello'],
  ])('has the text of %s', async (_, result, text) => {
    expect((await answer(result)).content).toEqual([{ type: 'text', text }])
  })

  test.each([[{ response: '' }], [{ response: null, tool_calls: null }], [{}], [{ choices: [] }]])(
    'without words has no content: %o',
    async (result) => {
      expect((await answer(result)).content).toEqual([])
    },
  )

  test('may be a chat completion, with thoughts, id, model and time', async () => {
    const message = { role: 'assistant', content: 'Hello', reasoning_content: 'Greet.' }
    const body = {
      id: 'x1',
      created: 1_700_000_000,
      model: '@cf/a/b',
      choices: [{ index: 0, message, finish_reason: 'length' }],
      usage,
    }
    const { content, finishReason, response } = await answer(() => jsonResponse(body))
    expect(content).toEqual([
      { type: 'reasoning', text: 'Greet.' },
      { type: 'text', text: 'Hello' },
    ])
    expect(finishReason).toEqual({ unified: 'length', raw: 'length' })
    expect(response).toEqual({
      id: 'x1',
      modelId: '@cf/a/b',
      timestamp: new Date(1_700_000_000_000),
      headers: { 'content-type': 'application/json' },
      body,
    })
  })

  test('may be a Responses object', async () => {
    const body = {
      id: 'resp_1',
      object: 'response',
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      created_at: 5,
      output: [
        { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'Greet.' }], summary: [] },
        { type: 'message', content: [{ type: 'output_text', text: 'Hello' }] },
        { type: 'function_call', call_id: 'c1', name: 'now', arguments: '{"tz":"UTC"}' },
      ],
      usage: { input_tokens: 7, output_tokens: 4, output_tokens_details: { reasoning_tokens: 3 } },
    }
    const { content, finishReason, usage: tokens } = await answer(body)
    expect(content).toEqual([
      { type: 'reasoning', text: 'Greet.' },
      { type: 'text', text: 'Hello' },
      { type: 'tool-call', toolCallId: 'c1::cf-wai-tool-call::id1', toolName: 'now', input: '{"tz":"UTC"}' },
    ])
    expect(finishReason).toEqual({ unified: 'length', raw: 'length' })
    expect(tokens).toMatchObject({ inputTokens: { total: 7 }, outputTokens: { total: 4, text: 1, reasoning: 3 } })
  })

  test('has calls of both shapes, with ids of their own and arguments as text', async () => {
    const tool_calls = [
      { name: 'now', arguments: { tz: 'UTC' } },
      { id: 'functions.now:0', type: 'function', function: { name: 'now', arguments: '{"tz":"CET"}' } },
      { id: 'functions.now:0', type: 'function', function: { name: 'now', arguments: null } },
      { name: 'now', arguments: '' },
    ]
    const { content, finishReason } = await answer({ response: null, tool_calls })
    expect(content).toEqual([
      { type: 'tool-call', toolCallId: 'id1::cf-wai-tool-call::id2', toolName: 'now', input: '{"tz":"UTC"}' },
      {
        type: 'tool-call',
        toolCallId: 'functions.now:0::cf-wai-tool-call::id3',
        toolName: 'now',
        input: '{"tz":"CET"}',
      },
      { type: 'tool-call', toolCallId: 'functions.now:0::cf-wai-tool-call::id4', toolName: 'now', input: '{}' },
      { type: 'tool-call', toolCallId: 'id5::cf-wai-tool-call::id6', toolName: 'now', input: '{}' },
    ])
    expect(finishReason.unified).toBe('tool-calls')
  })

  test.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['model_length', 'length'],
    ['tool_calls', 'tool-calls'],
    ['content_filter', 'content-filter'],
    ['error', 'error'],
    ['something_new', 'other'],
  ])('that ended with %s ends with %s', async (raw, unified) => {
    const { finishReason } = await answer({ choices: [{ message: { content: 'x' }, finish_reason: raw }] })
    expect(finishReason).toEqual({ unified, raw })
  })

  test('throws where it is an event stream that nobody asked for', async () => {
    const events = sse({ response: 'Hi' }, '[DONE]')
    await expect(answer(() => streamOf(events))).rejects.toThrow('none was asked for')
  })

  test('repeats the request', async () => {
    expect((await answer({ response: 'x' }, { temperature: 1 })).request).toEqual({
      body: { messages: [{ role: 'user', content: 'Hi' }], temperature: 1 },
    })
  })
})

describe('a forced call that the model wrote as text', () => {
  const forced: Partial<LanguageModelV4CallOptions> = { tools: [now, later], toolChoice: { type: 'required' } }
  const free: Partial<LanguageModelV4CallOptions> = { tools: [now], toolChoice: { type: 'auto' } }
  const call = (toolName: string, input: string, count = 1) => ({
    type: 'tool-call',
    toolName,
    input,
    toolCallId: `id${count * 2 - 1}::cf-wai-tool-call::id${count * 2}`,
  })

  test.each([
    ['{"name":"now","arguments":{"tz":"UTC"}}', [call('now', '{"tz":"UTC"}')]],
    ['{"name":"now","parameters":{"tz":"UTC"}}', [call('now', '{"tz":"UTC"}')]],
    [' {"name":"now","tz":"UTC"} ', [call('now', '{"tz":"UTC"}')]],
    ['{"name":"now","arguments":"{}"}', [call('now', '{}')]],
    ['{"name":"now"}', [call('now', '{}')]],
    ['[{"name":"now"},{"name":"later"}]', [call('now', '{}', 1), call('later', '{}', 2)]],
  ])('is a call: %s', async (response, calls) => {
    const { content, finishReason, warnings } = await answer({ response }, forced)
    expect(content).toEqual(calls)
    expect(finishReason).toEqual({ unified: 'tool-calls', raw: 'stop' })
    expect(warnings).toMatchObject([{ type: 'other', message: expect.stringContaining('recovered') }])
  })

  test.each([
    ['of a tool that nobody offered', '{"name":"analysis"}', forced],
    ['that is no JSON', 'I call now()', forced],
    ['where the model was free', '{"name":"now"}', free],
  ])('stays text %s', async (_, response, options) => {
    const { content, finishReason, warnings } = await answer({ response }, options)
    expect(content).toEqual([{ type: 'text', text: response }])
    expect(finishReason.unified).toBe('stop')
    expect(warnings).toEqual([])
  })

  test('is left where there is a real call', async () => {
    const { content } = await answer(
      { response: '{"name":"now"}', tool_calls: [{ name: 'later', arguments: {} }] },
      forced,
    )
    expect(content).toMatchObject([{ type: 'text' }, { type: 'tool-call', toolName: 'later' }])
  })
})

describe('the tokens of an answer', () => {
  test('are whole where the model tells their classes', async () => {
    const told = {
      prompt_tokens: 10,
      completion_tokens: 6,
      total_tokens: 16,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 2 },
    }
    expect((await answer({ response: 'x', usage: told })).usage).toEqual({
      inputTokens: { total: 10, noCache: 6, cacheRead: 4, cacheWrite: undefined },
      outputTokens: { total: 6, text: 4, reasoning: 2 },
      raw: told,
    })
  })

  test('are what is known where the model tells totals, and unknown where it tells nothing', async () => {
    expect((await answer({ response: 'x', usage })).usage).toEqual({
      inputTokens: { total: 10, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: 4, text: undefined, reasoning: undefined },
      raw: usage,
    })
    expect((await answer({ response: 'x' })).usage).toEqual({
      inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: undefined, text: undefined, reasoning: undefined },
    })
  })

  test('are never negative', async () => {
    const odd = { prompt_tokens: 3, prompt_tokens_details: { cached_tokens: 5 } }
    expect((await answer({ response: 'x', usage: odd })).usage.inputTokens).toMatchObject({ noCache: 0, cacheRead: 5 })
  })
})

test("the gateway's facts stand in the metadata, and what it dropped in the warnings", async () => {
  const headers = {
    'cf-aig-log-id': 'log1',
    'cf-aig-cache-status': 'HIT',
    'cf-aig-step': '1',
    'gw-provider': 'workers-ai',
    'gw-cost': '0.0002',
    'gw-warnings': 'seed,user',
  }
  const { providerMetadata, warnings, response } = await answer(() => jsonResponse({ response: 'x' }, { headers }))
  expect(providerMetadata).toEqual({
    gateway: {
      logId: 'log1',
      cacheStatus: 'HIT',
      step: 1,
      provider: 'workers-ai',
      cost: 0.0002,
      warnings: ['seed', 'user'],
    },
  })
  expect(warnings).toMatchObject([{ feature: 'seed' }, { feature: 'user' }])
  expect(response?.headers).toMatchObject({ 'cf-aig-log-id': 'log1' })
  expect((await answer({ response: 'x' })).providerMetadata).toBe(undefined)
})

test.each([
  ['@cf/moonshotai/kimi-k2.6', { 'image/*': [/^https:\/\//] }],
  ['openai/gpt-5-mini', { 'image/*': [/^https:\/\//] }],
  ['@cf/meta/llama-3.2-11b-vision-instruct', {}],
  ['@cf/google/gemma-3-12b-it', {}],
])('%s fetches the images %o', (modelId, urls) => {
  expect(chatModel('', { modelId }).model.supportedUrls).toEqual(urls)
})
