import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChatChunk } from '../../chat.ts'
import type { SseEvent } from '../../decode-stream.ts'
import { createSseDecoder } from '../../decode-stream.ts'
import type { JsonObject } from '../../json.ts'
import { checkAnswer } from '../../testing/check-answer.ts'
import { collectChunks } from '../../testing/collect-chunks.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { WireError } from '../../wire-error.ts'
import type { StreamItem } from '../../wire-format.ts'
import { bedrockConverse } from '../bedrock-converse.ts'

const claude = 'anthropic.claude-sonnet-4-5-20250929-v1:0'
const event = (name: string, body: JsonObject): SseEvent => ({ event: name, data: JSON.stringify(body) })
const delta = (contentBlockIndex: number, said: JsonObject): SseEvent =>
  event('contentBlockDelta', { contentBlockIndex, delta: said })
const stop = (contentBlockIndex: number): SseEvent => event('contentBlockStop', { contentBlockIndex })
const call = (contentBlockIndex: number, toolUse: JsonObject): SseEvent =>
  event('contentBlockStart', { contentBlockIndex, start: { toolUse } })
const usage = { inputTokens: 3, outputTokens: 4, totalTokens: 7 }
const start = event('messageStart', { role: 'assistant' })
const end = (stopReason: string): SseEvent[] => [event('messageStop', { stopReason }), event('metadata', { usage })]

function decode(events: readonly SseEvent[], model = claude) {
  const decoder = bedrockConverse.createDecoder(createTestContext(model))
  const items = events.flatMap((read) => decoder.push(read))
  items.push(...decoder.end())
  return { items, finished: decoder.finished }
}

const chunksOf = (items: readonly StreamItem[]): ChatChunk[] =>
  items.flatMap((item) => (item.type === 'chunk' ? [item.chunk] : []))
const answerOf = (events: readonly SseEvent[]) => collectChunks(chunksOf(decode(events).items))
const deltasOf = (events: readonly SseEvent[], model = claude) =>
  chunksOf(decode(events, model).items).flatMap(({ choices }) => choices.map((choice) => choice.delta))

/** The events that the encoder writes for chunks. */
function encode(chunks: readonly ChatChunk[]): SseEvent[] {
  const encoder = bedrockConverse.createEncoder({ model: claude, messages: [] }, createTestContext(claude))
  const text = chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end()
  return createSseDecoder().push(new TextEncoder().encode(text))
}

describe('streams', () => {
  test('of reasoning repeat it with its signature when its block ends', () => {
    const events = [
      start,
      delta(0, { reasoningContent: { text: 'H' } }),
      delta(0, { reasoningContent: { text: 'm' } }),
      delta(0, { reasoningContent: { signature: 'sig' } }),
      stop(0),
      delta(1, { reasoningContent: { redactedContent: 'AAAA' } }),
      stop(1),
    ]
    const detail = { type: 'reasoning.text', text: 'Hm', signature: 'sig' }
    expect(deltasOf(events)).toEqual([
      { role: 'assistant', content: '' },
      { reasoning_content: 'H' },
      { reasoning_content: 'm' },
      { reasoning_details: [{ ...detail, format: 'anthropic-messages' }] },
      { reasoning_details: [{ type: 'reasoning.encrypted', data: 'AAAA', format: 'bedrock-converse' }] },
    ])
    expect(deltasOf(events, 'us.deepseek.r1-v1:0')[3]).toEqual({
      reasoning_details: [{ ...detail, format: 'bedrock-converse' }],
    })
  })

  test('of calls have whole arguments, and leave out what Amazon ran itself', () => {
    const { choices } = answerOf([
      start,
      call(0, { toolUseId: 's', name: 'nova_code_interpreter', type: 'server_tool_use' }),
      delta(0, { toolUse: { input: '{"a":1}' } }),
      stop(0),
      event('contentBlockStart', { contentBlockIndex: 1, start: { toolResult: { toolUseId: 's' } } }),
      delta(1, { toolResult: [{ json: {} }] }),
      stop(1),
      call(2, { toolUseId: 'a', name: 'f' }),
      delta(2, { toolUse: { input: '' } }),
      stop(2),
      call(3, { toolUseId: 'b', name: 'g' }),
      delta(3, { toolUse: { input: '{"x":' } }),
      delta(3, { toolUse: { input: '1}' } }),
      stop(3),
      ...end('tool_use'),
    ])
    expect(choices[0]?.message.tool_calls).toEqual([
      { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
      { id: 'b', type: 'function', function: { name: 'g', arguments: '{"x":1}' } },
    ])
    expect(choices[0]?.finish_reason).toBe('tool_calls')
  })

  test('of the tool that stands in for structured output are text', () => {
    const { choices } = answerOf([
      start,
      call(0, { toolUseId: 'a', name: 'gw_json_answer' }),
      delta(0, { toolUse: { input: '{"a":' } }),
      delta(0, { toolUse: { input: '"b"}' } }),
      stop(0),
      ...end('tool_use'),
    ])
    expect([choices[0]?.message.content, choices[0]?.message.tool_calls, choices[0]?.finish_reason]).toEqual([
      '{"a":"b"}',
      undefined,
      'stop',
    ])
  })

  test('cite when the cited text is known', () => {
    const location = { documentChar: { documentIndex: 0, start: 5, end: 9 } }
    const { choices } = answerOf([
      start,
      delta(0, { text: 'Yes.' }),
      delta(0, { citation: { title: 'Doc', sourceContent: [{ text: 'quoted' }], location } }),
      stop(0),
      delta(1, { text: ' And the web.' }),
      delta(1, { citation: { title: 'Site', location: { web: { url: 'https://a.example' } } } }),
      stop(1),
      ...end('end_turn'),
    ])
    expect(choices[0]?.message.annotations).toEqual([
      {
        type: 'file_citation',
        file_citation: { filename: 'Doc', index: 0, quote: 'quoted', start_index: 5, end_index: 9 },
      },
      {
        type: 'url_citation',
        url_citation: { url: 'https://a.example', title: 'Site', start_index: 4, end_index: 17 },
      },
    ])
  })

  test.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['guardrail_intervened', 'content_filter'],
    ['content_filtered', 'content_filter'],
    ['malformed_tool_use', 'stop'],
    ['of_the_future', 'stop'],
  ])('that end with %s end with %s', (native, reason) => {
    const { choices } = answerOf([start, delta(0, { text: 'x' }), stop(0), ...end(native)])
    expect([choices[0]?.finish_reason, choices[0]?.native_finish_reason]).toEqual([reason, native])
  })

  test('count what was read from and written to the cache as part of the prompt', () => {
    const cached = {
      cacheReadInputTokens: 100,
      cacheWriteInputTokens: 20,
      cacheDetails: [{ ttl: '1h', inputTokens: 5 }],
    }
    const { usage: counted } = answerOf([
      start,
      event('messageStop', { stopReason: 'end_turn' }),
      event('metadata', { usage: { ...usage, ...cached } }),
    ])
    expect(counted).toEqual({
      prompt_tokens: 123,
      completion_tokens: 4,
      total_tokens: 127,
      prompt_tokens_details: { cached_tokens: 100, cache_write_tokens: 20, cache_write_1h_tokens: 5 },
    })
  })

  test('are finished with messageStop, and not before', () => {
    const events = [start, delta(0, { text: 'x' }), stop(0)]
    expect(decode(events).finished).toBe(false)
    expect(decode([...events, event('messageStop', { stopReason: 'end_turn' })]).finished).toBe(true)
  })

  test('that break off with an exception say which', () => {
    const error = { type: 'throttlingException', message: 'Too many requests', status_code: 429 }
    const { items } = decode([start, event('throttlingException', { type: 'error', error })])
    expect(items.at(-1)).toMatchObject({
      type: 'error',
      error: { type: 'rate_limit', status: 429, message: 'Too many requests', nativeType: 'throttlingException' },
    })
    expect(decode([{ event: 'messageStart', data: '{"role":' }]).items).toMatchObject([{ type: 'error' }])
  })

  test('survive being written again', () => {
    const events = [
      start,
      delta(0, { reasoningContent: { text: 'Hm' } }),
      delta(0, { reasoningContent: { signature: 'sig' } }),
      stop(0),
      delta(1, { text: 'Hi' }),
      delta(1, { citation: { title: 'Doc', location: { documentChar: { documentIndex: 1, start: 0, end: 2 } } } }),
      stop(1),
      call(2, { toolUseId: 'a', name: 'f' }),
      delta(2, { toolUse: { input: '{"x":1}' } }),
      stop(2),
      event('messageStop', { stopReason: 'tool_use' }),
      event('metadata', {
        usage: { ...usage, cacheReadInputTokens: 1, cacheWriteInputTokens: 0 },
        metrics: { latencyMs: 0 },
      }),
    ]
    const { items } = decode(events)
    const written = encode(chunksOf(items))
    expect(decode(written).items).toEqual(items)
    expect(written).toEqual(
      events.map(({ event: name, data }) =>
        name === 'metadata'
          ? event(name, {
              usage: { ...usage, totalTokens: 8, cacheReadInputTokens: 1, cacheWriteInputTokens: 0 },
              metrics: { latencyMs: 0 },
            })
          : { event: name, data },
      ),
    )
  })

  test('write interleaved calls as blocks of their own', () => {
    const head = { id: 'c', object: 'chat.completion.chunk' as const, created: 1, model: claude }
    const chunk = (calls: ChatChunk['choices'][number]['delta']['tool_calls']): ChatChunk => ({
      ...head,
      choices: [{ index: 0, delta: { role: 'assistant', ...(calls && { tool_calls: calls }) }, finish_reason: null }],
    })
    const opened = (index: number) => ({ index, id: `c${index}`, type: 'function' as const, function: { name: 'f' } })
    const piece = (index: number, words: string) => ({ index, function: { arguments: words } })
    const events = encode([
      chunk([opened(0), opened(1)]),
      chunk([piece(1, '{"b":'), piece(0, '{"a":')]),
      chunk([piece(0, '1}'), piece(1, '2}')]),
      { ...head, choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
    ])
    const { choices } = answerOf(events)
    expect(choices[0]?.message.tool_calls?.map((made) => made.function.arguments)).toEqual(['{"a":1}', '{"b":2}'])
  })
})

const scalar = fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.constant(null), fc.boolean())
const words =
  'messages role content text toolUse toolResult toolUseId name input reasoningContent reasoningText signature image ' +
  'document source bytes format cachePoint system inferenceConfig toolConfig tools toolSpec inputSchema json output ' +
  'message stopReason usage inputTokens outputTokens delta start contentBlockIndex citation citationsContent citations'
const { body } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, tie('body'), fc.array(tie('value'), { maxLength: 3 })),
  body: fc.dictionary(fc.constantFrom(...words.split(' ')), tie('value'), { maxKeys: 6 }),
}))
const json = body.map((value): JsonObject => JSON.parse(JSON.stringify(value)))
const options = { numRuns: 300, seed: 1 }

describe('whatever comes', () => {
  const errorOf = (request: JsonObject): unknown => {
    try {
      bedrockConverse.parseRequest(request, createTestContext())
    } catch (error) {
      return error
    }
    return new WireError('unsupported', '')
  }
  test('a strange request is refused with a WireError, or understood', () => {
    const property = fc.property(json, json, (request, block) => {
      const messages = [{ role: 'user', content: [block] }]
      expect(errorOf({ ...request, messages })).toBeInstanceOf(WireError)
    })
    fc.assert(property, options)
  })

  test('any answer is read, and keeps its meaning when it is written again', () => {
    const property = fc.property(json, fc.array(json, { maxLength: 3 }), (answer, content) => {
      const read = bedrockConverse.parseResponse({ ...answer, output: { message: { content } } }, createTestContext())
      const again = bedrockConverse.formatResponse(read, createTestContext())
      const [choice] = bedrockConverse.parseResponse(again, createTestContext()).choices
      expect(choice?.message.content).toEqual(read.choices[0]?.message.content)
      expect(choice?.finish_reason).toBe(read.choices[0]?.finish_reason)
    })
    fc.assert(property, options)
  })

  const names = [
    'messageStart',
    'contentBlockStart',
    'contentBlockDelta',
    'contentBlockStop',
    'messageStop',
    'metadata',
  ]
  test('any events are read, in chunks that obey the rules, and say their usage once', () => {
    const events = fc.array(fc.tuple(fc.constantFrom(...names), json), { maxLength: 10 })
    const property = fc.property(events, (read) => {
      const { items } = decode([...read.map(([name, said]) => event(name, said)), ...end('end_turn')])
      const chunks = chunksOf(items)
      expect(chunks.filter(({ usage: counted }) => counted).length).toBe(1)
      const answer = collectChunks(encodeAndDecode(chunks))
      checkAnswer({
        ...answer,
        choices: answer.choices.map((choice) => ({ ...choice, message: { ...choice.message, tool_calls: [] } })),
      })
    })
    fc.assert(property, options)
  })
})

const encodeAndDecode = (chunks: readonly ChatChunk[]): ChatChunk[] => chunksOf(decode(encode(chunks)).items)
