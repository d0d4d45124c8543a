import { describe, expect, test } from 'vitest'
import type { ChatChunk, ChatResponse } from '../../chat.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { decodeText } from '../../testing/read-fixture.ts'
import { cohereChat } from '../cohere-chat.ts'

const call = { id: 'c1', type: 'function', function: { name: 'now', arguments: '{}' } } as const
const usage = {
  prompt_tokens: 7,
  completion_tokens: 5,
  total_tokens: 12,
  prompt_tokens_details: { cached_tokens: 2 },
  completion_tokens_details: { reasoning_tokens: 1 },
}
const nativeUsage = {
  billed_units: { input_tokens: 7, output_tokens: 5 },
  tokens: { input_tokens: 7, output_tokens: 5, reasoning_tokens: 1 },
  cached_tokens: 2,
}
const citation = {
  start: 3,
  end: 7,
  text: 'noon',
  sources: [{ type: 'document', id: 'd1', document: { title: 'Clock' } }],
  type: 'TEXT_CONTENT',
}
const annotation = {
  type: 'file_citation',
  file_citation: { file_id: 'd1', filename: 'Clock', quote: 'noon', start_index: 3, end_index: 7 },
} as const

describe('an answer', () => {
  const native = {
    id: 'r1',
    message: {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm.' },
        { type: 'text', text: 'At noon' },
      ],
      citations: [citation],
    },
    finish_reason: 'COMPLETE',
    usage: nativeUsage,
  }
  const canonical: ChatResponse = {
    id: 'r1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'the-model',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: 'At noon',
          refusal: null,
          reasoning_content: 'Hm.',
          annotations: [annotation],
        },
        finish_reason: 'stop',
        native_finish_reason: 'COMPLETE',
      },
    ],
    usage,
  }

  test('is read', () => {
    expect(cohereChat.parseResponse(native, createTestContext())).toEqual(canonical)
  })

  test('is written', () => {
    expect(cohereChat.formatResponse(canonical, createTestContext())).toEqual(native)
  })

  test('cites every source, those with a URL by it', () => {
    const sources = [
      { type: 'tool', id: 't:0', tool_output: { url: 'https://a', title: 'A' } },
      { type: 'document', id: 'd2', document: { text: 'x' } },
    ]
    const plan = { ...citation, type: 'PLAN' }
    const message = { ...native.message, citations: [{ ...citation, sources }, plan] }
    const [choice] = cohereChat.parseResponse({ ...native, message }, createTestContext()).choices
    expect(choice?.message.annotations).toEqual([
      { type: 'url_citation', url_citation: { url: 'https://a', title: 'A', start_index: 3, end_index: 7 } },
      { type: 'file_citation', file_citation: { file_id: 'd2', quote: 'noon', start_index: 3, end_index: 7 } },
    ])
  })

  test('has log probabilities by piece of text', () => {
    const logprobs = [{ token_ids: [1, 2], text: 'At', logprobs: [-0.5, -0.25] }]
    const [choice] = cohereChat.parseResponse({ ...native, logprobs }, createTestContext()).choices
    const content = [{ token: 'At', logprob: -0.75, bytes: null, top_logprobs: [] }]
    expect(choice?.logprobs).toEqual({ content, refusal: null })
  })

  test.each([
    ['COMPLETE', 'stop'],
    ['STOP_SEQUENCE', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['TOOL_CALL', 'tool_calls'],
    ['ERROR_TOXIC', 'content_filter'],
    ['TIMEOUT', 'stop'],
  ])('that ends with %s ends with %s', (word, reason) => {
    const [choice] = cohereChat.parseResponse({ ...native, finish_reason: word }, createTestContext()).choices
    expect(choice).toMatchObject({ finish_reason: reason, native_finish_reason: word })
  })

  test.each([
    ['stop', 'COMPLETE'],
    ['length', 'MAX_TOKENS'],
    ['tool_calls', 'TOOL_CALL'],
    ['content_filter', 'ERROR_TOXIC'],
  ] as const)('that ends with %s is written as %s', (reason, word) => {
    const [choice] = canonical.choices
    if (!choice) throw new Error('There is a choice.')
    const { native_finish_reason: _, ...rest } = choice
    const answer = { ...canonical, choices: [{ ...rest, finish_reason: reason }] }
    expect(cohereChat.formatResponse(answer, createTestContext())).toMatchObject({ finish_reason: word })
  })

  test('says what is charged for where that is less than was counted', () => {
    const usage = {
      billed_units: { input_tokens: 3, output_tokens: 8 },
      tokens: { input_tokens: 496, output_tokens: 11 },
    }
    const parsed = cohereChat.parseResponse({ ...native, usage }, createTestContext()).usage
    expect(parsed).toMatchObject({
      prompt_tokens: 496,
      completion_tokens: 11,
      billed: { prompt_tokens: 3, completion_tokens: 8 },
    })
    expect(
      cohereChat.formatResponse({ ...canonical, ...(parsed && { usage: parsed }) }, createTestContext()),
    ).toMatchObject({ usage })
  })

  test('has billed units for tokens where it has nothing else', () => {
    const billed = { billed_units: { input_tokens: 3, output_tokens: 4 } }
    expect(cohereChat.parseResponse({ ...native, usage: billed }, createTestContext()).usage).toEqual({
      prompt_tokens: 3,
      completion_tokens: 4,
      total_tokens: 7,
    })
  })

  test('is an error with a message', () => {
    const error = { status: 400, type: 'invalid_request', message: 'No.', param: 'p', gw: { log_id: 'l1' } } as const
    expect(cohereChat.formatError(error)).toEqual({
      id: 'l1',
      message: 'No.',
      error_type: 'INVALID_REQUEST',
      param: 'p',
      gw: { log_id: 'l1' },
    })
  })
})

test('an error ends a stream in the event that clients wait for', () => {
  const encoder = cohereChat.createEncoder({ model: 'm', messages: [] }, createTestContext())
  const event = encoder.error({ status: 429, type: 'rate_limit', message: 'Slow down.' })
  expect(event).toMatch(/^event: message-end\n/)
  const { items } = decodeText(event, { wire: cohereChat })
  expect(items).toMatchObject([{ type: 'error', error: { type: 'rate_limit', message: 'Slow down.' } }])
  expect(event).toContain('"finish_reason":"ERROR","error":"Slow down."')
})

test('a stream has one block open at a time', () => {
  const head: Omit<ChatChunk, 'choices'> = { id: 'r1', object: 'chat.completion.chunk', created: 1, model: 'm' }
  const said = (delta: ChatChunk['choices'][number]['delta']): ChatChunk => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason: null }],
  })
  const encoder = cohereChat.createEncoder({ model: '', messages: [] }, createTestContext())
  const events = [
    said({ role: 'assistant', content: '' }),
    said({ reasoning_content: 'Hm.' }),
    said({ content: 'At noon' }),
    said({ annotations: [annotation] }),
    said({ tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'now', arguments: '' } }] }),
    said({ tool_calls: [{ index: 0, function: { arguments: '{}' } }] }),
    { ...head, choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' as const }] },
    { ...head, choices: [], usage },
  ]
  const text = events.map((chunk) => encoder.push(chunk)).join('') + encoder.end()
  const pieces = text.trimEnd().split('\n\n')
  expect(pieces.pop()).toBe('data: [DONE]')
  const written = pieces.map((piece) => {
    const [, name, data = ''] = /^event: (.+)\ndata: (.+)$/.exec(piece) ?? []
    const event = JSON.parse(data)
    expect(event.type).toBe(name)
    return event
  })
  expect(written).toEqual([
    {
      type: 'message-start',
      id: 'r1',
      delta: { message: { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] } },
    },
    { type: 'content-start', index: 0, delta: { message: { content: { type: 'thinking', thinking: '' } } } },
    { type: 'content-delta', index: 0, delta: { message: { content: { thinking: 'Hm.' } } } },
    { type: 'content-end', index: 0 },
    { type: 'content-start', index: 1, delta: { message: { content: { type: 'text', text: '' } } } },
    { type: 'content-delta', index: 1, delta: { message: { content: { text: 'At noon' } } } },
    { type: 'citation-start', index: 0, delta: { message: { citations: citation } } },
    { type: 'citation-end', index: 0 },
    { type: 'content-end', index: 1 },
    {
      type: 'tool-call-start',
      index: 0,
      delta: { message: { tool_calls: { ...call, function: { name: 'now', arguments: '' } } } },
    },
    { type: 'tool-call-delta', index: 0, delta: { message: { tool_calls: { function: { arguments: '{}' } } } } },
    { type: 'tool-call-end', index: 0 },
    { type: 'message-end', delta: { finish_reason: 'TOOL_CALL', usage: nativeUsage } },
  ])
})
