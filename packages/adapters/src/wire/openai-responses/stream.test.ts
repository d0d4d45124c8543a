import { describe, expect, test } from 'vitest'
import type { ChatChunk, ChatRequest, Delta } from '../../chat.ts'
import { objectOf, type JsonObject } from '../../json.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { answerOf, decodeText } from '../../testing/read-fixture.ts'
import { openaiResponses } from '../openai-responses.ts'

const request: ChatRequest = { model: 'm', messages: [] }

const chunkOf = (delta: Delta, rest: Partial<ChatChunk['choices'][number]> = {}): ChatChunk => ({
  id: 'a1',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: null, ...rest }],
})

/** The events that deltas become, each as its type and what else tells it apart. */
function encode(
  deltas: Delta[],
  options: { request?: ChatRequest; finish?: ChatChunk['choices'][number]['finish_reason'] } = {},
) {
  const encoder = openaiResponses.createEncoder(options.request ?? request, createTestContext())
  const chunks = [...deltas.map((delta) => chunkOf(delta)), chunkOf({}, { finish_reason: options.finish ?? 'stop' })]
  return eventsOf(chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end())
}

function eventsOf(text: string): JsonObject[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block): JsonObject => {
      const [, type, data = '{}'] = /^event: (\S+)\ndata: (.*)$/s.exec(block) ?? []
      const event: JsonObject = JSON.parse(data)
      expect(event['type']).toBe(type)
      return event
    })
}

const brief = ({ type, output_index = '', content_index = '' }: JsonObject): string =>
  `${String(type).replace('response.', '')} ${String(output_index)}${content_index === '' ? '' : `.${String(content_index)}`}`.trim()

const lastResponse = (events: JsonObject[]): JsonObject => objectOf(events.at(-1)?.['response']) ?? {}

describe('the encoder', () => {
  test('tells of thoughts, text, refusal and a call in the order of the vendor', () => {
    const events = encode(
      [
        { reasoning_content: 'Hm.' },
        { content: 'No' },
        {
          annotations: [
            { type: 'url_citation', url_citation: { url: 'https://a.example', start_index: 0, end_index: 2 } },
          ],
        },
        { refusal: 'I will not.' },
        { tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '{' } }] },
        { tool_calls: [{ index: 0, function: { arguments: '}' } }] },
      ],
      { finish: 'tool_calls' },
    )
    expect(events.map(brief)).toEqual([
      'created',
      'in_progress',
      'output_item.added 0',
      'content_part.added 0.0',
      'reasoning_text.delta 0.0',
      'reasoning_text.done 0.0',
      'content_part.done 0.0',
      'output_item.done 0',
      'output_item.added 1',
      'content_part.added 1.0',
      'output_text.delta 1.0',
      'output_text.annotation.added 1.0',
      'output_text.done 1.0',
      'content_part.done 1.0',
      'content_part.added 1.1',
      'refusal.delta 1.1',
      'refusal.done 1.1',
      'content_part.done 1.1',
      'output_item.done 1',
      'output_item.added 2',
      'function_call_arguments.delta 2',
      'function_call_arguments.delta 2',
      'function_call_arguments.done 2',
      'output_item.done 2',
      'completed',
    ])
    expect(events.map((event) => event['sequence_number'])).toEqual(events.map((_, index) => index))
    const ids = events
      .filter((event) => event['output_index'] === 1)
      .map((event) => event['item_id'] ?? objectOf(event['item'])?.['id'])
    expect(new Set(ids).size).toBe(1)
  })

  test('gives thoughts as a summary to callers who asked for one', () => {
    const asking = openaiResponses.parseRequest(
      { model: 'm', input: 'Hi', reasoning: { summary: 'auto' } },
      createTestContext(),
    )
    const events = encode([{ reasoning_content: 'Hm.' }], { request: asking })
    expect(events.map(brief).slice(2, -1)).toEqual([
      'output_item.added 0',
      'reasoning_summary_part.added 0',
      'reasoning_summary_text.delta 0',
      'reasoning_summary_text.done 0',
      'reasoning_summary_part.done 0',
      'output_item.done 0',
    ])
    expect(lastResponse(events)['output']).toMatchObject([
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }] },
    ])
  })

  test('repeats what the request said', () => {
    const body = {
      model: 'm',
      input: 'Hi',
      instructions: 'Be brief.',
      tools: [{ type: 'web_search' }],
      tool_choice: 'required',
      text: { verbosity: 'low' },
      reasoning: { effort: 'high' },
      max_output_tokens: 20,
      store: false,
      metadata: { a: 'b' },
    }
    const events = encode([], { request: openaiResponses.parseRequest(body, createTestContext()) })
    expect(lastResponse(events)).toEqual({
      id: 'resp_id1',
      object: 'response',
      created_at: 1_700_000_000,
      status: 'completed',
      background: false,
      completed_at: 1_700_000_000,
      error: null,
      incomplete_details: null,
      instructions: 'Be brief.',
      max_output_tokens: 20,
      max_tool_calls: null,
      metadata: { a: 'b' },
      model: 'm',
      output: [],
      parallel_tool_calls: true,
      previous_response_id: null,
      prompt_cache_key: null,
      reasoning: { effort: 'high', summary: null },
      safety_identifier: null,
      service_tier: null,
      store: false,
      temperature: null,
      text: { format: { type: 'text' }, verbosity: 'low' },
      tool_choice: 'required',
      tools: [{ type: 'web_search' }],
      top_logprobs: 0,
      top_p: null,
      truncation: 'disabled',
      usage: null,
      user: null,
    })
  })

  test.each([
    ['length', 'max_output_tokens'],
    ['content_filter', 'content_filter'],
  ] as const)('an answer that ends with %s is incomplete', (finish, reason) => {
    const events = encode([{ content: 'So' }], { finish })
    expect(events.at(-1)?.['type']).toBe('response.incomplete')
    expect(lastResponse(events)).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason },
      output: [{ status: 'incomplete' }],
    })
  })

  test('an image is an item; one that is elsewhere is a link in the text', () => {
    const images = ['data:image/webp;base64,AA==', 'https://a.example/a.png'].map((url) => ({
      type: 'image_url' as const,
      image_url: { url },
    }))
    expect(lastResponse(encode([{ images }]))['output']).toMatchObject([
      { type: 'image_generation_call', status: 'completed', output_format: 'webp', result: 'AA==' },
      { type: 'message', content: [{ text: '![image](https://a.example/a.png)' }] },
    ])
  })

  test('log probabilities go with the text', () => {
    const token = { token: 'So', logprob: -0.1, bytes: [83, 111], top_logprobs: [] }
    const encoder = openaiResponses.createEncoder(request, createTestContext())
    const text =
      encoder.push(chunkOf({ content: 'So' }, { logprobs: { content: [token], refusal: null } })) + encoder.end()
    const events = eventsOf(text)
    expect(events.find(({ type }) => type === 'response.output_text.delta')).toMatchObject({ logprobs: [token] })
    expect(lastResponse(events)['output']).toMatchObject([{ content: [{ logprobs: [token] }] }])
  })

  test('says nothing of other choices', () => {
    const encoder = openaiResponses.createEncoder({ ...request, n: 2 }, createTestContext())
    const text = encoder.push(chunkOf({ content: 'one' })) + encoder.push(chunkOf({ content: 'two' }, { index: 1 }))
    expect(text).toContain('one')
    expect(text).not.toContain('two')
  })

  test('an error is told as an event and as a response that failed', () => {
    const encoder = openaiResponses.createEncoder(request, createTestContext())
    const events = eventsOf(
      encoder.push(chunkOf({ content: 'So' })) +
        encoder.error({ status: 503, type: 'upstream_error', message: 'Busy.', gw: { retryable: true } }),
    )
    expect(events.slice(-2)).toMatchObject([
      { type: 'error', code: 'server_error', message: 'Busy.', param: null, error: { gw: { retryable: true } } },
      { type: 'response.failed', response: { status: 'failed', error: { code: 'server_error', message: 'Busy.' } } },
    ])
  })
})

describe('the decoder', () => {
  const sse = (...events: JsonObject[]): string => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
  const decode = (...events: JsonObject[]) => decodeText(sse(...events), { wire: openaiResponses })
  const created = { type: 'response.created', response: { id: 'resp_1', created_at: 5, model: 'm' } }
  const completed = { type: 'response.completed', response: { status: 'completed' } }

  test('gives the input of a custom tool as the arguments of its stand-in', () => {
    const item = { type: 'custom_tool_call', id: 'ctc_1', call_id: 'call_1', name: 'patch', input: '' }
    const { items } = decode(
      created,
      { type: 'response.output_item.added', output_index: 0, item },
      { type: 'response.custom_tool_call_input.delta', output_index: 0, item_id: 'ctc_1', delta: 'a "b"\n' },
      { type: 'response.custom_tool_call_input.delta', output_index: 0, item_id: 'ctc_1', delta: 'c' },
      { type: 'response.output_item.done', output_index: 0, item: { ...item, input: 'a "b"\nc' } },
      completed,
    )
    expect(answerOf(items).choices[0]).toMatchObject({
      message: { tool_calls: [{ id: 'call_1', function: { name: 'patch', arguments: '{"input":"a \\"b\\"\\nc"}' } }] },
      finish_reason: 'tool_calls',
    })
  })

  test('reads items that come without deltas, and calls without arguments', () => {
    const message = { type: 'message', content: [{ type: 'output_text', text: 'Hi', annotations: [] }] }
    const call = { type: 'function_call', call_id: 'call_1', name: 'f', arguments: '' }
    const { items } = decode(
      { type: 'response.output_item.done', output_index: 0, item: message },
      { type: 'response.output_item.added', output_index: 1, item: call },
      completed,
    )
    expect(answerOf(items).choices[0]?.message).toMatchObject({
      content: 'Hi',
      tool_calls: [{ id: 'call_1', function: { name: 'f', arguments: '{}' } }],
    })
  })

  test('passes over events that vendors added, and [DONE]', () => {
    const text = sse(
      created,
      { type: 'keepalive', sequence_number: 3 },
      { type: 'response.reasoning_part.added', output_index: 0, part: { type: 'reasoning_text', text: '' } },
      { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Hi' },
      completed,
    )
    const { items, finished } = decodeText(`${text}data: [DONE]\n\n`, { wire: openaiResponses })
    expect(finished).toBe(true)
    expect(answerOf(items)).toMatchObject({ id: 'resp_1', created: 5, choices: [{ message: { content: 'Hi' } }] })
  })

  test.each([
    [
      'an error event',
      { type: 'error', code: 'rate_limit_exceeded', message: 'Slow down.', param: null },
      { type: 'rate_limit', status: 429, message: 'Slow down.' },
    ],
    [
      'a response that failed',
      { type: 'response.failed', response: { object: 'response', error: { code: 'server_error', message: 'Oh.' } } },
      { type: 'upstream_error', status: 500, message: 'Oh.' },
    ],
    [
      'a response that failed without a word',
      { type: 'response.failed', response: { object: 'response', error: null } },
      { type: 'upstream_error', status: 502, message: 'The provider reported that the response failed.' },
    ],
  ])('reads %s', (_, event, error) => {
    const { items, finished } = decode(created, event)
    expect(finished).toBe(true)
    expect(items.at(-1)).toMatchObject({ type: 'error', error })
  })

  test('a stream that just closes is not finished', () => {
    expect(decode(created).finished).toBe(false)
  })
})

describe('output only', () => {
  test.each([
    ['{"type":"response.output_text.delta","delta":"x"}', true],
    ['{"content_index":0,"delta":"x","type":"response.output_text.delta"}', true],
    ['{"type":"response.function_call_arguments.delta","delta":"{"}', true],
    ['{"type":"response.output_text.done","text":"\\"type\\":\\"response.output_text.delta\\""}', false],
    ['{"type":"response.completed","response":{"usage":{}}}', false],
    ['{"type":"error","message":"x"}', false],
  ])('%s', (data, isOnly) => {
    expect(openaiResponses.isOutputOnly?.(data)).toBe(isOnly)
  })
})

test('logprobs that come after their text belong to it', () => {
  const encoder = openaiResponses.createEncoder({ model: 'm', messages: [] }, createTestContext())
  const head = { id: 'x', object: 'chat.completion.chunk' as const, created: 1, model: 'm' }
  const logprobs = { content: [{ token: 'Hi', logprob: -0.5 }] }
  const events =
    encoder.push({
      ...head,
      choices: [{ index: 0, delta: { role: 'assistant', content: 'Hi' }, finish_reason: null }],
    }) +
    encoder.push({ ...head, choices: [{ index: 0, delta: {}, logprobs, finish_reason: 'stop' }] }) +
    encoder.end()
  const done = events.split('\n\n').find((event) => event.startsWith('event: response.output_text.done'))
  expect(done).toContain('"text":"Hi","logprobs":[{"token":"Hi","logprob":-0.5}]')
})
