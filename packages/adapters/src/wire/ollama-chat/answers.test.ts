import { describe, expect, test } from 'vitest'
import type { ChatChunk, ChatResponse, Delta } from '../../chat.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { ollamaChat } from '../ollama-chat.ts'

const usage = { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 }
const created = 1_700_000_000
const created_at = '2023-11-14T22:13:20.000Z'
const call = { id: 'c1', type: 'function', function: { name: 'now', arguments: '{"zone":"CET"}' } } as const
const nativeCall = { id: 'c1', function: { index: 0, name: 'now', arguments: { zone: 'CET' } } }

const counts = {
  total_duration: 1,
  load_duration: 0,
  prompt_eval_count: 7,
  prompt_eval_duration: 1,
  eval_count: 5,
  eval_duration: 1,
}
const native = {
  model: 'llama3.2',
  created_at,
  message: { role: 'assistant', content: 'At noon', thinking: 'Hm.' },
  done: true,
  done_reason: 'stop',
  ...counts,
}
const canonical: ChatResponse = {
  id: 'chat-id1',
  object: 'chat.completion',
  created,
  model: 'llama3.2',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'At noon', refusal: null, reasoning_content: 'Hm.' },
      finish_reason: 'stop',
      native_finish_reason: 'stop',
    },
  ],
  usage,
}

describe('an answer', () => {
  test('is read', () => {
    expect(ollamaChat.parseResponse(native, createTestContext())).toEqual(canonical)
  })

  test('is written', () => {
    expect(ollamaChat.formatResponse(canonical, createTestContext())).toEqual(native)
  })

  test('with a call ends with it, whatever Ollama says', () => {
    const message = { role: 'assistant', content: '', tool_calls: [nativeCall] }
    const [choice] = ollamaChat.parseResponse({ ...native, message }, createTestContext()).choices
    expect(choice).toMatchObject({ message: { content: null, tool_calls: [call] }, finish_reason: 'tool_calls' })
  })

  test('without an id for a call gets one', () => {
    const message = { role: 'assistant', content: '', tool_calls: [{ function: { name: 'now', arguments: {} } }] }
    const [choice] = ollamaChat.parseResponse({ ...native, message }, createTestContext()).choices
    expect(choice?.message.tool_calls).toEqual([
      { id: 'call_id1', type: 'function', function: { name: 'now', arguments: '{}' } },
    ])
  })

  test('is an error with a message', () => {
    const error = { status: 404, type: 'model_not_found', message: "model 'x' not found" } as const
    expect(ollamaChat.formatError(error)).toEqual({ error: "model 'x' not found" })
  })
})

describe('a stream', () => {
  const head: Omit<ChatChunk, 'choices'> = { id: 'c', object: 'chat.completion.chunk', created, model: 'llama3.2' }
  const said = (delta: Delta): ChatChunk => ({ ...head, choices: [{ index: 0, delta, finish_reason: null }] })
  const line = (message: object) => ({
    model: 'llama3.2',
    created_at,
    message: { role: 'assistant', content: '', ...message },
    done: false,
  })
  const last = { ...native, message: { role: 'assistant', content: '' } }

  test('is written a line at a time, a call when it is whole', () => {
    const encoder = ollamaChat.createEncoder({ model: '', messages: [] }, createTestContext())
    const opened = { index: 0, id: 'c1', type: 'function' as const, function: { name: 'now', arguments: '' } }
    const second = { index: 1, id: 'c2', type: 'function' as const, function: { name: 'later', arguments: '{}' } }
    const chunks = [
      said({ role: 'assistant', content: '' }),
      said({ reasoning_content: 'Hm.' }),
      said({ content: 'At noon' }),
      said({ tool_calls: [opened] }),
      said({ tool_calls: [{ index: 0, function: { arguments: '{"zone":' } }] }),
      said({ tool_calls: [{ index: 0, function: { arguments: '"CET"}' } }] }),
      said({ tool_calls: [second] }),
      { ...head, choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' as const }] },
      { ...head, choices: [], usage },
    ]
    const text = chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end()
    const lines = text.trimEnd().split('\n')
    expect(lines.map((json) => JSON.parse(json))).toEqual([
      line({ thinking: 'Hm.' }),
      line({ content: 'At noon' }),
      line({ tool_calls: [nativeCall] }),
      line({ tool_calls: [{ id: 'c2', function: { index: 1, name: 'later', arguments: {} } }] }),
      last,
    ])
  })

  test('tells how long it took, in nanoseconds', () => {
    const times = [0, 250, 250, 1000, 1000]
    const context = { ...createTestContext(), now: () => times.shift() ?? 1000 }
    const encoder = ollamaChat.createEncoder({ model: '', messages: [] }, context)
    encoder.push(said({ content: 'At noon' }))
    expect(JSON.parse(encoder.end())).toMatchObject({
      total_duration: 1_000_000_000,
      prompt_eval_duration: 250_000_000,
      eval_duration: 750_000_000,
    })
  })

  test('that fails says so in a line of its own', () => {
    const decoder = ollamaChat.createDecoder(createTestContext())
    decoder.push({ data: JSON.stringify(line({ content: 'At' })) })
    const items = decoder.push({ data: '{"error":"an error was encountered while running the model"}' })
    expect(items).toMatchObject([
      { type: 'error', error: { status: 502, message: 'an error was encountered while running the model' } },
    ])
    expect(decoder.finished).toBe(false)
    const encoder = ollamaChat.createEncoder({ model: '', messages: [] }, createTestContext())
    expect(encoder.error({ status: 502, type: 'upstream_error', message: 'No.' })).toBe('{"error":"No."}\n')
  })

  test.each([
    [line({ content: 'a' }), true],
    [last, false],
    [{ error: 'x' }, false],
    [line({ content: '"done":false' }), true],
    [{ ...last, message: { role: 'assistant', content: '"done":false' } }, false],
  ])('has %o as output alone: %o', (body, isOutput) => {
    expect(ollamaChat.isOutputOnly?.(JSON.stringify(body))).toBe(isOutput)
  })
})
