import { describe, expect, test } from 'vitest'
import type { Annotation, ChatChunk, ChatResponse } from '../../chat.ts'
import type { ErrorType } from '../../error-type.ts'
import type { JsonObject } from '../../json.ts'
import { collectChunks } from '../../testing/collect-chunks.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { decodeText } from '../../testing/read-fixture.ts'
import { openaiChat } from '../openai-chat.ts'

const head = { id: 'c1', object: 'chat.completion.chunk', created: 5, model: 'm' }

/** A stream of chunks with these choices, each a chunk of one choice. */
function streamOf(choices: JsonObject[], last = 'data: [DONE]\n\n'): string {
  return (
    choices.map((choice) => `data: ${JSON.stringify({ ...head, choices: [{ index: 0, ...choice }] })}\n\n`).join('') +
    last
  )
}

function read(sse: string): { response: ChatResponse; chunks: ChatChunk[]; finished: boolean } {
  const { items, finished } = decodeText(sse, { wire: openaiChat })
  const chunks = items.map((item) => {
    if (item.type === 'error') throw new Error(item.error.message)
    return item.chunk
  })
  return { response: collectChunks(chunks), chunks, finished }
}

const finish = (reason: string): JsonObject => ({ delta: {}, finish_reason: reason })
const callOf = (call: JsonObject): JsonObject => ({ delta: { tool_calls: [call] } })

describe('a stream that breaks strict clients', () => {
  test('never says a role', () => {
    const { response } = read(streamOf([{ delta: { content: 'Hi' } }, finish('stop')]))
    expect(response.choices).toMatchObject([{ message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }])
  })

  test('says the role in each delta', () => {
    const delta = { role: 'assistant', content: 'a' }
    const { chunks } = read(streamOf([{ delta }, { delta }, finish('stop')]))
    expect(chunks.map(({ choices }) => choices[0]?.delta)).toEqual([delta, { content: 'a' }, {}])
  })

  test('ends with an empty finish reason', () => {
    const { response, finished } = read(streamOf([{ delta: { content: 'Hi' } }, finish('')]))
    expect(finished).toBe(true)
    expect(response.choices[0]?.finish_reason).toBe('stop')
  })

  test('has content as parts', () => {
    const thinking = [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }]
    const text = [
      { type: 'text', text: 'Hi' },
      { type: 'reference', reference_ids: [1] },
    ]
    const { response } = read(
      streamOf([{ delta: { content: thinking } }, { delta: { content: text } }, finish('stop')]),
    )
    expect(response.choices[0]?.message).toMatchObject({ content: 'Hi', reasoning_content: 'Hm.' })
  })

  test('has calls without index, type or id', () => {
    const call = { function: { name: 'f', arguments: '{"a":1}' } }
    const { response } = read(streamOf([callOf(call), finish('stop')]))
    expect(response.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { tool_calls: [{ id: 'call_id1', type: 'function', function: call.function }] },
    })
  })

  test.each(['null', '', null, undefined])('has %o as arguments', (words) => {
    const call = { index: 0, id: 'c1', function: { name: 'f', ...(words !== undefined && { arguments: words }) } }
    const { response } = read(streamOf([callOf(call), finish('tool_calls')]))
    expect(response.choices[0]?.message.tool_calls?.[0]?.function.arguments).toBe('{}')
  })

  test('sends two calls as index 0', () => {
    const call = (id: string) => callOf({ index: 0, id, function: { name: id, arguments: `{"n":"${id}"}` } })
    const { response } = read(streamOf([call('a'), call('b'), finish('tool_calls')]))
    expect(response.choices[0]?.message.tool_calls).toMatchObject([
      { id: 'a', function: { arguments: '{"n":"a"}' } },
      { id: 'b', function: { arguments: '{"n":"b"}' } },
    ])
  })

  test('repeats the id of a call in each piece', () => {
    const piece = (words: string) => callOf({ index: 0, id: 'a', function: { arguments: words } })
    const first = callOf({ index: 0, id: 'a', function: { name: 'f', arguments: '' } })
    const { response } = read(streamOf([first, piece('{"a":'), piece('null'), piece('}'), finish('tool_calls')]))
    expect(response.choices[0]?.message.tool_calls).toMatchObject([{ id: 'a', function: { arguments: '{"a":null}' } }])
  })

  test('counts calls from an index that is not zero', () => {
    const { chunks } = read(
      streamOf([callOf({ index: 1, id: 'a', function: { name: 'f', arguments: '{}' } }), finish('stop')]),
    )
    expect(chunks[0]?.choices[0]?.delta.tool_calls?.[0]?.index).toBe(0)
  })

  test('puts an error beside the choices', () => {
    const body = {
      ...head,
      error: { code: 502, message: 'Upstream gone' },
      choices: [{ index: 0, delta: { content: '' } }],
    }
    const { items } = decodeText(`data: ${JSON.stringify(body)}\n\n`, { wire: openaiChat })
    expect(items).toMatchObject([
      { type: 'error', error: { type: 'upstream_error', status: 502, message: 'Upstream gone' } },
    ])
  })

  test('begins with a chunk without choices', () => {
    const filter = `data: ${JSON.stringify({ ...head, id: '', choices: [], prompt_filter_results: [] })}\n\n`
    const { response } = read(filter + streamOf([{ delta: { content: 'Hi' } }, finish('stop')]))
    expect(response.choices[0]?.message.content).toBe('Hi')
  })

  test('has usage on every chunk, of which the last counts', () => {
    const chunk = (tokens: number, choice: JsonObject): string => {
      const usage = { prompt_tokens: 4, completion_tokens: tokens, total_tokens: 4 + tokens }
      return `data: ${JSON.stringify({ ...head, choices: [{ index: 0, ...choice }], usage })}\n\n`
    }
    const { response, chunks } = read(chunk(1, { delta: { content: 'a' } }) + chunk(2, finish('stop')))
    expect(response.usage).toEqual({ prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 })
    expect(chunks.filter(({ usage }) => usage)).toHaveLength(1)
  })

  test('has usage but never says that it ends', () => {
    const usage = { prompt_tokens: 4, completion_tokens: 1, total_tokens: 5 }
    const counts = `data: ${JSON.stringify({ ...head, choices: [], usage })}\n\n`
    const { chunks } = read(streamOf([{ delta: { content: 'a' } }], `${counts}data: [DONE]\n\n`))
    expect(chunks.map((chunk) => [chunk.choices[0]?.finish_reason, chunk.usage])).toEqual([
      [null, undefined],
      ['stop', undefined],
      [undefined, usage],
    ])
  })

  test('ends without [DONE]', () => {
    expect(read(streamOf([{ delta: { content: 'Hi' } }, finish('stop')], '')).finished).toBe(true)
  })

  test('was cut', () => {
    const { finished } = decodeText(streamOf([{ delta: { content: 'Hi' } }], ''), { wire: openaiChat })
    expect(finished).toBe(false)
  })

  test('mixes the pieces of several choices', () => {
    const piece = (index: number, content: string) => ({ index, delta: { content } })
    const ends = [0, 1].map((index) => ({ index, ...finish('stop') }))
    const { response } = read(streamOf([piece(0, 'a'), piece(1, 'x'), piece(0, 'b'), piece(1, 'y'), ...ends]))
    expect(response.choices.map(({ message }) => message.content)).toEqual(['ab', 'xy'])
  })

  test('splits a refusal', () => {
    const { response } = read(
      streamOf([{ delta: { refusal: 'I ' } }, { delta: { refusal: 'can’t.' } }, finish('stop')]),
    )
    expect(response.choices[0]?.message.refusal).toBe('I can’t.')
  })

  test('changes or lacks its id', () => {
    const chunk = (id: string, choice: JsonObject): string => `data: ${JSON.stringify({ id, choices: [choice] })}\n\n`
    const { response } = read(
      chunk('', { delta: { content: 'a' } }) + chunk('x', { delta: { content: 'b' } }) + chunk('y', finish('stop')),
    )
    expect(response).toMatchObject({ id: 'chatcmpl-id1', created: 1_700_000_000, model: 'the-model' })
  })

  test('has an event that is not JSON', () => {
    const { items } = decodeText('data: {"choices":[\n\n', { wire: openaiChat })
    expect(items).toMatchObject([{ type: 'error', error: { type: 'upstream_error', status: 502 } }])
  })
})

describe('an answer', () => {
  const parse = (message: JsonObject, fields: JsonObject = {}) =>
    openaiChat.parseResponse({ id: 'c1', choices: [{ message, ...fields }] }, createTestContext())

  test.each<[string, JsonObject, JsonObject, JsonObject]>([
    ['an object as content', { content: { name: 'Bob' } }, {}, { message: { content: '{"name":"Bob"}' } }],
    [
      'parts as content',
      {
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
      {},
      { message: { content: 'ab' } },
    ],
    ['reasoning by its short name', { content: 'a', reasoning: 'Hm.' }, {}, { message: { reasoning_content: 'Hm.' } }],
    [
      'a finish reason of its own',
      { content: 'a' },
      { finish_reason: 'eos' },
      { finish_reason: 'stop', native_finish_reason: 'eos' },
    ],
    ['a limit by another name', { content: 'a' }, { finish_reason: 'model_length' }, { finish_reason: 'length' }],
    [
      'objects as arguments and `stop` at the end',
      { tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }] },
      { finish_reason: 'stop' },
      {
        finish_reason: 'tool_calls',
        message: { tool_calls: [{ id: 'call_id1', function: { arguments: '{"a":1}' } }] },
      },
    ],
  ])('may have %s', (...[, message, fields, expected]) => {
    expect(parse(message, fields).choices[0]).toMatchObject(expected)
  })

  test('is written with what clients read without asking', () => {
    const response: ChatResponse = {
      ...parse({ content: 'Hi' }, { finish_reason: 'stop' }),
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    }
    expect(openaiChat.formatResponse(response, createTestContext())).toEqual({
      id: 'c1',
      object: 'chat.completion',
      created: 1_700_000_000,
      model: 'the-model',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hi', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
          native_finish_reason: 'stop',
        },
      ],
      usage: {
        prompt_tokens: 1,
        completion_tokens: 2,
        total_tokens: 3,
        prompt_tokens_details: { cached_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 0 },
      },
    })
  })

  const annotations: Annotation[] = [
    { type: 'url_citation', url_citation: { url: 'https://a.example' } },
    { type: 'file_citation', file_citation: { filename: 'a.txt', quote: 'A' } },
  ]
  const cited = {
    annotations: [
      { type: 'url_citation', url_citation: { url: 'https://a.example', title: '', start_index: 0, end_index: 0 } },
    ],
    file_citations: [{ filename: 'a.txt', quote: 'A' }],
  }

  test('has citations that strict clients read, and those that they do not know beside them', () => {
    const [choice, ...others] = parse({ content: 'Hi' }, { finish_reason: 'stop' }).choices
    if (!choice) throw new Error('There is a choice.')
    const head = parse({ content: 'Hi' }, {})
    const message = { ...choice.message, annotations }
    const body = openaiChat.formatResponse(
      { ...head, choices: [{ ...choice, message }, ...others] },
      createTestContext(),
    )
    expect(body).toMatchObject({ choices: [{ message: cited }] })
    const again = openaiChat.parseResponse(body, createTestContext()).choices[0]?.message.annotations
    expect(again).toMatchObject(annotations)
  })

  test('has the same citations in a stream', () => {
    const encoder = openaiChat.createEncoder({ model: '', messages: [] }, createTestContext())
    const choices = [{ index: 0, delta: { annotations }, finish_reason: null }]
    const event = encoder.push({ id: 'c1', object: 'chat.completion.chunk', created: 5, model: 'm', choices })
    expect(JSON.parse(event.slice(6)).choices[0].delta).toEqual(cited)
  })

  test.each<[string, JsonObject, object]>([
    ['cache hits of DeepSeek', { prompt_cache_hit_tokens: 3 }, { prompt_tokens_details: { cached_tokens: 3 } }],
    ['cached tokens of Mistral', { num_cached_tokens: 3 }, { prompt_tokens_details: { cached_tokens: 3 } }],
    ['reasoning of Perplexity', { reasoning_tokens: 4 }, { completion_tokens_details: { reasoning_tokens: 4 } }],
    ['the receipt of OpenRouter', { cost: 0.01 }, { cost: 0.01 }],
    ['the receipt of Perplexity', { cost: { total_cost: 0.02 } }, { cost: 0.02 }],
  ])('has %s in its usage', (_, fields, expected) => {
    const usage = { prompt_tokens: 5, completion_tokens: 6, ...fields }
    const { usage: parsed } = openaiChat.parseResponse({ choices: [], usage }, createTestContext())
    expect(parsed).toEqual({ prompt_tokens: 5, completion_tokens: 6, total_tokens: 11, ...expected })
  })
})

describe('a stream for callers', () => {
  const chunk: ChatChunk = { id: 'c1', object: 'chat.completion.chunk', created: 5, model: 'm', choices: [] }
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }
  const text: ChatChunk = { ...chunk, choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }] }

  test('has usage only where it was asked for', () => {
    const quiet = openaiChat.createEncoder({ model: '', messages: [] }, createTestContext())
    expect(quiet.push({ ...chunk, usage })).toBe('')
    expect(quiet.push(text)).not.toContain('usage')

    const asked = { model: '', messages: [], stream_options: { include_usage: true } }
    const loud = openaiChat.createEncoder(asked, createTestContext())
    expect(JSON.parse(loud.push(text).slice(6))).toMatchObject({ usage: null })
    expect(JSON.parse(loud.push({ ...chunk, usage }).slice(6))).toMatchObject({ choices: [], usage })
    expect(loud.end()).toBe('data: [DONE]\n\n')
  })

  test.each<[ErrorType, string, string | null]>([
    ['rate_limit', 'rate_limit_error', 'rate_limit_exceeded'],
    ['quota_exceeded', 'insufficient_quota', 'insufficient_quota'],
    ['auth', 'authentication_error', 'invalid_api_key'],
    ['model_not_found', 'invalid_request_error', 'model_not_found'],
    ['context_length', 'invalid_request_error', 'context_length_exceeded'],
    ['content_filter', 'invalid_request_error', 'content_filter'],
    ['invalid_request', 'invalid_request_error', null],
    ['timeout', 'timeout_error', 'timeout'],
    ['upstream_error', 'api_error', null],
  ])('says %s in OpenAI words', (type, word, code) => {
    const encoder = openaiChat.createEncoder({ model: '', messages: [] }, createTestContext())
    const event = encoder.error({ status: 400, type, message: 'No.' })
    expect(JSON.parse(event.slice(6))).toEqual({ error: { message: 'No.', type: word, param: null, code } })
  })
})
