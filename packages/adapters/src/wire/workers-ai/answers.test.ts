import { describe, expect, test } from 'vitest'
import type { ChatChunk, ChatResponse } from '../../chat.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { decodeText } from '../../testing/read-fixture.ts'
import { workersAI } from '../workers-ai.ts'

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
const call = { id: 'c1', type: 'function', function: { name: 'now', arguments: '{"tz":"UTC"}' } } as const
const response: ChatResponse = {
  id: 'r1',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: '@cf/a/b',
  choices: [
    { index: 0, message: { role: 'assistant', content: null, tool_calls: [call] }, finish_reason: 'tool_calls' },
  ],
  usage,
}
const details = { prompt_tokens_details: { cached_tokens: 0 }, completion_tokens_details: { reasoning_tokens: 0 } }

describe('an answer for callers of the native dialect', () => {
  test('is an envelope with arguments as an object', () => {
    expect(workersAI.formatResponse(response, createTestContext())).toEqual({
      success: true,
      errors: [],
      messages: [],
      result: {
        response: null,
        tool_calls: [{ id: 'c1', name: 'now', arguments: { tz: 'UTC' } }],
        finish_reason: 'tool_calls',
        usage: { ...usage, ...details },
        id: 'r1',
        model: '@cf/a/b',
        created: 1_700_000_000,
      },
    })
  })

  test('is a chat completion where there are several choices', () => {
    const message = { role: 'assistant', content: 'x' } as const
    const choices = [0, 1].map((index) => ({ index, message, finish_reason: 'stop' as const }))
    const { result } = workersAI.formatResponse({ ...response, choices }, createTestContext())
    expect(result).toMatchObject({ object: 'chat.completion', choices: [{ index: 0 }, { index: 1 }] })
  })

  test('streams text, calls in pieces, and usage before the end', () => {
    const head: Omit<ChatChunk, 'choices'> = { id: 'r1', object: 'chat.completion.chunk', created: 1, model: 'm' }
    const encoder = workersAI.createEncoder({ model: '', messages: [] }, createTestContext())
    const chunks: ChatChunk[] = [
      { ...head, choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] },
      { ...head, choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }] },
      { ...head, choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...call }] }, finish_reason: null }] },
      { ...head, choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
      { ...head, choices: [], usage },
    ]
    const events = chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end()
    const pieces = events.trimEnd().split('\n\n')
    expect(pieces.slice(0, -1).map((event) => JSON.parse(event.slice('data: '.length)))).toEqual([
      { response: 'Hi' },
      { response: '', tool_calls: [{ id: 'c1', type: 'function', index: 0, function: call.function }] },
      { response: '', finish_reason: 'tool_calls', usage: { ...usage, ...details } },
    ])
    expect(pieces.at(-1)).toBe('data: [DONE]')
  })

  test('is an error with number and words, as `errors` and as `error`', () => {
    const entry = { code: 3036, message: 'Used up.' }
    expect(workersAI.formatError({ status: 429, type: 'quota_exceeded', message: 'Used up.' })).toEqual({
      result: null,
      success: false,
      errors: [entry],
      error: [entry],
      messages: [],
    })
    const stated = workersAI.formatError({ status: 400, type: 'invalid_request', message: 'No.', code: '5023' })
    expect(stated).toMatchObject({ errors: [{ code: 5023 }] })
  })
})

describe('an answer of Workers AI', () => {
  const parse = (body: Parameters<typeof workersAI.parseResponse>[0]) =>
    workersAI.parseResponse(body, createTestContext())

  test('is read with and without its envelope', () => {
    const result = { response: 'Hi', usage }
    const bare = parse(result)
    expect(bare.choices).toMatchObject([{ message: { content: 'Hi' }, finish_reason: 'stop' }])
    expect(parse({ result, success: true, errors: [], messages: [] })).toEqual(bare)
  })

  test('has text where the response is an object', () => {
    const [choice] = parse({ response: { name: 'Bob' } }).choices
    expect(choice?.message.content).toBe('{"name":"Bob"}')
  })

  test('gets ids for calls that have none', () => {
    const [choice] = parse({
      response: null,
      tool_calls: [{ name: 'now', arguments: { tz: 'UTC' } }, { name: 'now' }],
    }).choices
    expect(choice).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: null,
        tool_calls: [
          { id: 'call_id1', function: { name: 'now', arguments: '{"tz":"UTC"}' } },
          { id: 'call_id2', function: { name: 'now', arguments: '{}' } },
        ],
      },
    })
  })

  test('may be a chat completion', () => {
    const message = { role: 'assistant', content: 'Hi', reasoning: 'Greet.' }
    const answer = parse({
      result: { id: 'x', model: 'm', choices: [{ index: 0, message, finish_reason: 'length' }], usage },
    })
    expect(answer).toMatchObject({
      id: 'x',
      choices: [{ message: { content: 'Hi', reasoning_content: 'Greet.' }, finish_reason: 'length' }],
      usage,
    })
  })

  test('may be a Responses object', () => {
    const answer = parse({
      result: {
        id: 'resp_1',
        object: 'response',
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        model: '@cf/openai/gpt-oss-120b',
        created_at: 5,
        output: [
          { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'Greet.' }], summary: [] },
          {
            type: 'message',
            content: [{ type: 'output_text', text: 'Hi', annotations: [{ type: 'url_citation', url: 'https://a' }] }],
          },
          { type: 'function_call', call_id: 'c1', name: 'now', arguments: '{}' },
        ],
        usage: { input_tokens: 7, output_tokens: 4, total_tokens: 11, output_tokens_details: { reasoning_tokens: 2 } },
      },
      success: true,
    })
    expect(answer).toMatchObject({
      id: 'resp_1',
      created: 5,
      choices: [
        {
          finish_reason: 'length',
          message: {
            content: 'Hi',
            reasoning_content: 'Greet.',
            tool_calls: [{ id: 'c1', function: { name: 'now', arguments: '{}' } }],
            annotations: [{ type: 'url_citation', url_citation: { url: 'https://a' } }],
          },
        },
      ],
      usage: { prompt_tokens: 7, completion_tokens: 4, completion_tokens_details: { reasoning_tokens: 2 } },
    })
  })

  test('may come whole where a stream was asked for', () => {
    const { items, finished } = decodeText(JSON.stringify({ result: { response: 'Hi', usage }, success: true }), {
      wire: workersAI,
    })
    expect(finished).toBe(true)
    expect(items).toMatchObject([
      { chunk: { choices: [{ delta: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }] } },
      { chunk: { choices: [], usage } },
    ])
  })
})

test('the signature of a call comes back with the history', () => {
  const extra_content = { google: { thought_signature: 'sig' } }
  const call = { id: 'c1', type: 'function' as const, function: { name: 'look', arguments: '{}' }, extra_content }
  const message = { role: 'assistant' as const, content: null, tool_calls: [call] }
  const choices = [{ index: 0, message, finish_reason: 'tool_calls' as const }]
  const answer = { id: 'x', object: 'chat.completion' as const, created: 1, model: 'm', choices }
  const context = createTestContext()
  const { tool_calls } = Object(workersAI.formatResponse(answer, context)['result'])
  const history = [{ role: 'assistant', content: '', tool_calls }]
  const [turn] = workersAI.parseRequest({ messages: history }, context).messages
  expect(turn).toMatchObject({ tool_calls: [call] })
  expect(
    workersAI.parseResponse({ result: { response: null, tool_calls } }, context).choices[0]?.message,
  ).toMatchObject({
    tool_calls: [call],
  })
})
